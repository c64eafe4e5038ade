package dev.reserva.financial.application;

import dev.reserva.financial.application.OrderNotes.Awaiting;
import dev.reserva.financial.application.OrderNotes.Dead;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pays an order on request, unless it is being paid already: an order is paid once. */
public final class ProcessPayment {

  private final Payments payments;
  private final OrderNotes notes;
  private final AskProvider askProvider;
  private final Ids ids;
  private final Runnable paymentsDue;

  public ProcessPayment(
      Payments payments, OrderNotes notes, AskProvider askProvider, Ids ids, Runnable paymentsDue) {
    this.payments = payments;
    this.notes = notes;
    this.askProvider = askProvider;
    this.ids = ids;
    this.paymentsDue = paymentsDue;
  }

  /**
   * @param payer whose order it must be; anybody's when absent
   * @param token the provider's token for the buyer's means
   */
  public record Request(
      UUID orderId, PaymentMethod method, @Nullable String token, @Nullable UUID payer) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** This is the order's payment, made now or before. */
    record UnderWay(Payment payment) implements Outcome {}

    /** No such order waits for payment, or it is another's. */
    record Unknown() implements Outcome {}

    /** The order is dead. */
    record OrderDead() implements Outcome {}

    /** The order's payment failed; the order dies of it. */
    record AlreadyFailed(Payment payment) implements Outcome {}
  }

  /** Whether this order has been heard of; as it stands, nothing locked. */
  public boolean knows(UUID orderId, UnitOfWork tx) {
    return payments.findByOrder(orderId, tx).isPresent() || notes.has(orderId, tx);
  }

  public Outcome process(Request request, Cause cause, UnitOfWork tx) {
    List<UUID> order = List.of(request.orderId());
    var lockedNotes = notes.lock(order, tx);
    Payment existing = payments.lockByOrders(order, tx).get(request.orderId());
    var note = lockedNotes.get().get(request.orderId());
    if (existing != null) {
      return of(existing, request);
    }
    return switch (note) {
      case null -> new Outcome.Unknown();
      case Dead dead ->
          // A note of a dead order does not say whose it was.
          request.payer() == null ? new Outcome.OrderDead() : new Outcome.Unknown();
      case Awaiting awaiting when isAnother(awaiting.customerId(), request) ->
          new Outcome.Unknown();
      case Awaiting awaiting -> new Outcome.UnderWay(begin(awaiting, request, cause, tx));
    };
  }

  private Outcome of(Payment payment, Request request) {
    if (isAnother(payment.terms().customerId(), request)) {
      return new Outcome.Unknown();
    }
    if (payment.isOrderCancelled() || payment.status() == PaymentStatus.CANCELLED) {
      return new Outcome.OrderDead();
    }
    return payment.status() == PaymentStatus.FAILED
        ? new Outcome.AlreadyFailed(payment)
        : new Outcome.UnderWay(payment);
  }

  private Payment begin(Awaiting order, Request request, Cause cause, UnitOfWork tx) {
    Payment payment =
        Payment.requested(
            new Payment.Terms(
                ids.next(),
                order.orderId(),
                order.customerId(),
                order.amount(),
                request.method(),
                request.token(),
                Announcements.trail(cause),
                tx.now()));
    Announcements.requested(payment, cause, tx);
    askProvider.claimNew(List.of(payment), payment.terms().createdAt(), tx);
    payments.insert(List.of(payment), tx);
    notes.remove(order.orderId(), tx);
    if (payment.status() == PaymentStatus.REQUESTED) {
      tx.afterCommit(paymentsDue);
    }
    return payment;
  }

  private static boolean isAnother(UUID customerId, Request request) {
    return request.payer() != null && !request.payer().equals(customerId);
  }
}
