package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.Cause;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A step of an order that payments have to follow. */
public sealed interface OrderStep {

  UUID orderId();

  Cause cause();

  /**
   * It can be paid.
   *
   * @param choice how the buyer pays; absent if the order does not say
   */
  record Payable(
      UUID orderId, UUID customerId, Money amount, @Nullable PaymentChoice choice, Cause cause)
      implements OrderStep {}

  /**
   * It is dead, paid or not.
   *
   * @param reason at most {@value Refund#MAX_REASON_LENGTH} characters: why money goes back
   */
  record Died(UUID orderId, String reason, Cause cause) implements OrderStep {
    public Died {
      Refund.requireReason(reason);
    }
  }
}
