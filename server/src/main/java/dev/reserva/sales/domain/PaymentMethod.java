package dev.reserva.sales.domain;

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
                        wire.length() > 40 ? wire.substring(0, 40) + "…" : wire)));
  }
}
