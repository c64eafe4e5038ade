package dev.reserva.financial.application;

import dev.reserva.contracts.FinancialEvent.PaymentApproved;
import dev.reserva.contracts.FinancialEvent.PaymentFailed;
import dev.reserva.contracts.FinancialEvent.PaymentProcessing;
import dev.reserva.contracts.FinancialEvent.PaymentRefunded;
import dev.reserva.contracts.FinancialEvent.PaymentRequested;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.financial.domain.Trail;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;

/** Says to the world what became of a payment. */
final class Announcements {

  /** Why money that was taken too late goes back. */
  private static final String TOO_LATE = "captured_too_late";

  private Announcements() {}

  static void requested(Payment payment, Cause cause, UnitOfWork tx) {
    Payment.Terms terms = payment.terms();
    tx.publish(
        new PaymentRequested(terms.id(), terms.orderId(), terms.amount(), terms.method().wire()),
        cause);
  }

  static void processing(Payment payment, Cause cause, UnitOfWork tx) {
    tx.publish(
        new PaymentProcessing(payment.id(), payment.terms().orderId(), payment.attempts()), cause);
  }

  /**
   * Publishes what a settlement means.
   *
   * @return the obligation that it leaves
   */
  static Optional<Refund> settled(
      Payment payment, Settlement settlement, Cause cause, Instant now, Ids ids, UnitOfWork tx) {
    return switch (settlement) {
      case Settlement.Captured() -> {
        approved(payment, cause, tx);
        yield Optional.empty();
      }
      case Settlement.CapturedTooLate(var owed) -> {
        approved(payment, cause, tx);
        yield Optional.of(Refund.owed(ids.next(), payment.id(), owed, TOO_LATE, trail(cause), now));
      }
      case Settlement.Failed(var failure) -> {
        Payment.Terms terms = payment.terms();
        tx.publish(new PaymentFailed(terms.id(), terms.orderId(), terms.amount(), failure), cause);
        yield Optional.empty();
      }
      case Settlement.Withdrawn(), Settlement.Unchanged(), Settlement.Contradicted(_) ->
          Optional.empty();
    };
  }

  static void refunded(Payment payment, Refund refund, boolean whole, UnitOfWork tx) {
    tx.publish(
        new PaymentRefunded(
            payment.id(),
            payment.terms().orderId(),
            refund.id(),
            refund.amount(),
            payment.refunded(),
            whole,
            refund.reason()),
        cause(refund.trail()));
  }

  static Trail trail(Cause cause) {
    return new Trail(
        cause.correlationId(), cause.causationId(), cause.traceparent(), cause.tracestate());
  }

  static Cause cause(Trail trail) {
    return new Cause(
        trail.correlationId(), trail.causationId(), trail.traceparent(), trail.tracestate());
  }

  private static void approved(Payment payment, Cause cause, UnitOfWork tx) {
    Payment.Terms terms = payment.terms();
    tx.publish(
        new PaymentApproved(
            terms.id(),
            terms.orderId(),
            terms.amount(),
            terms.method().wire(),
            payment.transactionId()),
        cause);
  }
}
