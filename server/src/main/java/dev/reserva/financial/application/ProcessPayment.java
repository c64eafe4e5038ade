package dev.reserva.financial.application;

import dev.reserva.financial.application.OrderNotes.Awaiting;
import dev.reserva.financial.application.OrderNotes.Dead;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pays an order on request. An order is paid once. Another payment can take the place of the
 * order's payment while that waits for the buyer, or when it has failed and tries are left. In any
 * other case there is no second one.
 */
public final class ProcessPayment {

  private final Payments payments;
  private final OrderNotes notes;
  private final AskProvider askProvider;
  private final Ids ids;
  private final int tries;
  private final Runnable paymentsDue;

  /**
   * @param paymentsDue wakes the worker that asks the provider; called after a commit
   */
  public ProcessPayment(
      Payments payments,
      OrderNotes notes,
      AskProvider askProvider,
      Ids ids,
      PaymentPolicy policy,
      Runnable paymentsDue) {
    this.payments = payments;
    this.notes = notes;
    this.askProvider = askProvider;
    this.ids = ids;
    this.tries = policy.tries();
    this.paymentsDue = paymentsDue;
  }

  /**
   * @param payer the customer whose order it must be; anybody's when absent
   */
  public record Request(UUID orderId, PaymentChoice choice, @Nullable UUID payer) {}

  /** The outcome of a request. */
  public sealed interface Outcome {
    /** The order's payment: made now, or before and as requested. */
    record UnderWay(Payment payment) implements Outcome {}
  }

  /** Why there is no payment as requested. Nothing changed. */
  public sealed interface Refusal extends Outcome {
    /** No such order can be paid, or it is another customer's. */
    record Unknown() implements Refusal {}

    /** The order is dead. */
    record OrderDead() implements Refusal {}

    /** The order is paid. */
    record AlreadyPaid(Payment payment) implements Refusal {}

    /** The order's payment failed, and it was the last try: the order dies of it. */
    record AlreadyFailed(Payment payment) implements Refusal {}

    /** The provider is being asked for another payment, which does not wait for the buyer. */
    record BeingAsked(Payment payment) implements Refusal {}
  }

  public Outcome process(Request request, Cause cause, UnitOfWork tx) {
    List<UUID> order = List.of(request.orderId());
    var lockedNotes = notes.lock(order, tx);
    List<Payment> ofOrder =
        payments.lockByOrders(order, tx).getOrDefault(request.orderId(), List.of());
    var note = lockedNotes.get().get(request.orderId());
    if (!ofOrder.isEmpty()) {
      return pay(ofOrder, request, cause, tx);
    }
    return switch (note) {
      case null -> new Refusal.Unknown();
      case Dead dead ->
          // The note of a dead order does not say whose it was.
          request.payer() == null ? new Refusal.OrderDead() : new Refusal.Unknown();
      case Awaiting awaiting when isAnother(awaiting.customerId(), request) ->
          new Refusal.Unknown();
      case Awaiting awaiting -> new Outcome.UnderWay(begin(awaiting, request, cause, tx));
    };
  }

  private Outcome pay(List<Payment> ofOrder, Request request, Cause cause, UnitOfWork tx) {
    Payment present = Payments.present(ofOrder);
    if (isAnother(present.terms().customerId(), request)) {
      return new Refusal.Unknown();
    }
    for (Payment payment : ofOrder) {
      if (payment.paysItsOrder()) {
        return new Refusal.AlreadyPaid(payment);
      }
    }
    if (present.state().unwanted()) {
      return new Refusal.OrderDead();
    }
    if (present.mayBeTriedAgain()) {
      return new Outcome.UnderWay(tryAgain(present, request, cause, tx));
    }
    if (present.status() == PaymentStatus.FAILED) {
      return new Refusal.AlreadyFailed(present);
    }
    if (present.meets(request.choice())) {
      return new Outcome.UnderWay(present);
    }
    return present.isWaiting()
        ? new Outcome.UnderWay(replace(present, request, cause, tx))
        : new Refusal.BeingAsked(present);
  }

  private Payment begin(Awaiting order, Request request, Cause cause, UnitOfWork tx) {
    Payment payment =
        Payment.requested(
            new PaymentTerms(
                ids.next(),
                order.orderId(),
                order.customerId(),
                order.amount(),
                request.choice(),
                null,
                tries - 1,
                Announcements.trail(cause),
                tx.now()));
    start(payment, cause, tx);
    notes.remove(order.orderId(), tx);
    return payment;
  }

  private Payment tryAgain(Payment failed, Request request, Cause cause, UnitOfWork tx) {
    Payment next =
        Payment.triedAgain(successor(failed, request, failed.terms().triesLeft() - 1, cause, tx));
    failed.tryAgainBy(next.id());
    payments.save(List.of(failed), tx); // first: an order has one payment that is not replaced
    start(next, cause, tx);
    return next;
  }

  private void start(Payment payment, Cause cause, UnitOfWork tx) {
    Announcements.requested(payment, cause, tx);
    askProvider.claimNew(List.of(payment), payment.terms().createdAt(), tx);
    payments.insert(List.of(payment), tx);
    if (payment.status() == PaymentStatus.REQUESTED) {
      tx.afterCommit(paymentsDue);
    }
  }

  private Payment replace(Payment present, Request request, Cause cause, UnitOfWork tx) {
    Payment next =
        Payment.requested(successor(present, request, present.terms().triesLeft(), cause, tx));
    Announcements.requested(next, cause, tx);
    present.replaceBy(next.id(), next.terms().createdAt());
    payments.save(List.of(present), tx); // first: an order has one payment that is not replaced
    payments.insert(List.of(next), tx);
    tx.afterCommit(paymentsDue);
    return next;
  }

  private PaymentTerms successor(
      Payment present, Request request, int triesLeft, Cause cause, UnitOfWork tx) {
    PaymentTerms terms = present.terms();
    return new PaymentTerms(
        ids.next(),
        terms.orderId(),
        terms.customerId(),
        terms.amount(),
        request.choice(),
        terms.id(),
        triesLeft,
        Announcements.trail(cause),
        tx.now());
  }

  private static boolean isAnother(UUID customerId, Request request) {
    return request.payer() != null && !request.payer().equals(customerId);
  }
}
