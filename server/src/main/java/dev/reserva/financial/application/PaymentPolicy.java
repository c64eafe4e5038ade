package dev.reserva.financial.application;

import dev.reserva.financial.domain.PaymentMethod;
import java.util.Optional;

/**
 * How orders are paid.
 *
 * @param defaultMethod how an order is paid that does not say; if absent, the order waits for
 *     {@link ProcessPayment}
 * @param tries how many payments of an order may fail before the order ends, 1..{@value
 *     #MOST_TRIES}
 */
public record PaymentPolicy(Optional<PaymentMethod> defaultMethod, int tries) {

  public static final int MOST_TRIES = 10;

  public PaymentPolicy {
    if (tries < 1 || tries > MOST_TRIES) {
      throw new IllegalArgumentException(
          "tries must be 1..%d, was %d".formatted(MOST_TRIES, tries));
    }
  }

  /** The first payment that fails ends its order. */
  public static PaymentPolicy once(Optional<PaymentMethod> defaultMethod) {
    return new PaymentPolicy(defaultMethod, 1);
  }
}
