package dev.reserva.financial.domain;

import dev.reserva.contracts.Text;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a buyer pays. */
public enum PaymentMethod {
  CREDIT_CARD("credit_card"),
  DEBIT_CARD("debit_card"),
  PIX("pix"),
  BOLETO("boleto");

  private final String wire;

  PaymentMethod(String wire) {
    this.wire = wire;
  }

  /** The name on the wire. */
  public String wire() {
    return wire;
  }

  /**
   * @throws IllegalArgumentException when there is no such method
   */
  public static PaymentMethod parse(String wire) {
    for (PaymentMethod method : values()) {
      if (method.wire.equals(wire)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "method must be one of %s, was \"%s\""
            .formatted(
                Arrays.stream(values()).map(PaymentMethod::wire).collect(Collectors.joining(", ")),
                Text.excerpt(wire)));
  }
}
