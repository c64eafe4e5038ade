package dev.reserva.sales.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why an order was cancelled or has failed. */
public enum CancellationReason {
  OUT_OF_STOCK,
  UNKNOWN_PRODUCT,
  PAYMENT_FAILED,
  RESERVATION_EXPIRED,
  CUSTOMER_REQUEST,
  OPERATOR_REQUEST,
  /** After shipping: the goods return to stock, and the money is refunded. */
  RETURNED,
  /** The only reason of FAILED. */
  DEADLINE_EXCEEDED;

  /** The name on the wire: lower case. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the order held stock, or might have, until its buyer gave it up. */
  public boolean isGivingUp() {
    return switch (this) {
      case PAYMENT_FAILED, RESERVATION_EXPIRED, CUSTOMER_REQUEST, DEADLINE_EXCEEDED -> true;
      case OUT_OF_STOCK, UNKNOWN_PRODUCT, OPERATOR_REQUEST, RETURNED -> false;
    };
  }

  public static Optional<CancellationReason> ofWire(String wire) {
    return Arrays.stream(values()).filter(reason -> reason.wire().equals(wire)).findFirst();
  }
}
