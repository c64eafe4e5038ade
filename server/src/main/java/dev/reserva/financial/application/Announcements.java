package dev.reserva.financial.application;

import dev.reserva.contracts.FinancialEvent.PaymentApproved;
import dev.reserva.contracts.FinancialEvent.PaymentCancelled;
import dev.reserva.contracts.FinancialEvent.PaymentFailed;
import dev.reserva.contracts.FinancialEvent.PaymentPending;
import dev.reserva.contracts.FinancialEvent.PaymentProcessing;
import dev.reserva.contracts.FinancialEvent.PaymentRefunded;
import dev.reserva.contracts.FinancialEvent.PaymentRequested;
import dev.reserva.contracts.FinancialEvent.ReceivableCancelled;
import dev.reserva.contracts.FinancialEvent.ReceivableOpened;
import dev.reserva.contracts.FinancialEvent.ReceivableSettled;
import dev.reserva.contracts.FinancialEvent.ReturnRefunded;
import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableTerms;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.financial.domain.Trail;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.util.UUID;

/** Publishes the facts about payments and receivables. */
final class Announcements {

  private Announcements() {}

  static void requested(Payment payment, Cause cause, UnitOfWork tx) {
    PaymentTerms terms = payment.terms();
    tx.publish(
        new PaymentRequested(
            terms.id(), terms.orderId(), terms.amount(), terms.choice().method().wire()),
        cause);
  }

  static void processing(Payment payment, UnitOfWork tx) {
    tx.publish(
        new PaymentProcessing(payment.id(), payment.terms().orderId(), payment.attempts()),
        cause(payment.terms().trail()));
  }

  /** Publishes what a settlement means to others, if it means anything to them. */
  static void settled(Payment payment, Settlement settlement, Cause cause, UnitOfWork tx) {
    switch (settlement) {
      case Settlement.Captured() -> approved(payment, cause, tx);
      case Settlement.CapturedTooLate(_) -> {
        // An order whose payment was replaced lives on: it must not take this money for its own.
        if (!payment.state().isReplaced()) {
          approved(payment, cause, tx);
        }
      }
      case Settlement.Waiting(var instructions) -> pending(payment, instructions, cause, tx);
      case Settlement.Failed(var failure) -> {
        PaymentTerms terms = payment.terms();
        tx.publish(
            new PaymentFailed(
                terms.id(),
                terms.orderId(),
                terms.amount(),
                failure,
                payment.mayBeTriedAgain() ? terms.triesLeft() : null,
                terms.replaces()),
            cause);
      }
      case Settlement.Withdrawn(var reason) -> cancelled(payment, reason, cause, tx);
      case Settlement.Unchanged(), Settlement.Contradicted(_) -> {
        // Nothing has happened.
      }
    }
  }

  static void cancelled(Payment payment, String reason, Cause cause, UnitOfWork tx) {
    PaymentTerms terms = payment.terms();
    tx.publish(new PaymentCancelled(terms.id(), terms.orderId(), terms.amount(), reason), cause);
  }

  static void refunded(Payment payment, Refund refund, boolean whole, UnitOfWork tx) {
    tx.publish(
        new PaymentRefunded(
            payment.id(),
            payment.terms().orderId(),
            refund.id(),
            refund.amount(),
            payment.balance().refunded(),
            whole,
            refund.reason()),
        cause(refund.trail()));
    if (refund.returnId() != null) {
      returnRefunded(payment, refund.returnId(), refund.amount(), cause(refund.trail()), tx);
    }
  }

  static void returnRefunded(
      Payment payment, UUID returnId, Money amount, Cause cause, UnitOfWork tx) {
    tx.publish(
        new ReturnRefunded(returnId, payment.terms().orderId(), payment.id(), amount), cause);
  }

  static void opened(Receivable receivable, Cause cause, UnitOfWork tx) {
    ReceivableTerms terms = receivable.terms();
    tx.publish(new ReceivableOpened(terms.orderId(), terms.customerId(), terms.amount()), cause);
  }

  static void settled(Receivable receivable, Payment payment, Cause cause, UnitOfWork tx) {
    ReceivableTerms terms = receivable.terms();
    tx.publish(new ReceivableSettled(terms.orderId(), payment.id(), terms.amount()), cause);
  }

  static void cancelled(Receivable receivable, Cause cause, UnitOfWork tx) {
    ReceivableTerms terms = receivable.terms();
    tx.publish(new ReceivableCancelled(terms.orderId(), terms.amount()), cause);
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
    PaymentTerms terms = payment.terms();
    tx.publish(
        new PaymentApproved(
            terms.id(),
            terms.orderId(),
            terms.amount(),
            terms.choice().method().wire(),
            payment.transactionId()),
        cause);
  }

  private static void pending(
      Payment payment, Instructions instructions, Cause cause, UnitOfWork tx) {
    PaymentTerms terms = payment.terms();
    tx.publish(
        new PaymentPending(
            terms.id(),
            terms.orderId(),
            terms.amount(),
            terms.choice().method().wire(),
            instructions.code(),
            instructions.payBy(),
            terms.replaces()),
        cause);
  }
}
