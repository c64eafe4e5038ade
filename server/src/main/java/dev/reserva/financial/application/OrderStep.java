package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.Cause;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A step of an order that payments and receivables have to follow. */
public sealed interface OrderStep {

  UUID orderId();

  Cause cause();

  /**
   * It was made.
   *
   * @param at when
   */
  record Created(UUID orderId, UUID customerId, Money amount, Instant at, Cause cause)
      implements OrderStep {}

  /**
   * It can be paid.
   *
   * @param choice how the buyer pays; absent if the order does not say
   * @param payBefore until when, if the provider sets no other time
   */
  record Payable(
      UUID orderId,
      UUID customerId,
      Money amount,
      @Nullable PaymentChoice choice,
      Instant payBefore,
      Cause cause)
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

  /**
   * Some of its goods are back.
   *
   * @param amount what is given back for them
   */
  record Returned(UUID orderId, UUID returnId, Money amount, Cause cause) implements OrderStep {}
}
