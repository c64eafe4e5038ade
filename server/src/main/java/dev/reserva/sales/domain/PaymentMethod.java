package dev.reserva.sales.domain;

import dev.reserva.contracts.Text;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The methods of payment. */
public enum PaymentMethod {
  CREDIT_CARD,
  DEBIT_CARD,
  PIX,
  BOLETO;

  /** The name on the wire: lower case. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such method
   */
  public static PaymentMethod ofWire(String wire) {
    return Arrays.stream(values())
        .filter(method -> method.wire().equals(wire))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "method must be one of %s, was \"%s\""
                    .formatted(
                        Arrays.stream(values())
                            .map(PaymentMethod::wire)
                            .collect(Collectors.joining(", ")),
                        Text.excerpt(wire))));
  }
}
