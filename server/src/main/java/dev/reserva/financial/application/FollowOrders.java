package dev.reserva.financial.application;

import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderPaymentPending;
import dev.reserva.financial.application.OrderNotes.Awaiting;
import dev.reserva.financial.application.OrderNotes.Dead;
import dev.reserva.financial.application.OrderNotes.Note;
import dev.reserva.financial.domain.OrderEnd;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.NewIds;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes a payment when an order can be paid, and undoes it when the order dies: set-wise, in the
 * order of the facts, and to no effect when a fact is heard again.
 */
public final class FollowOrders {

  private final Payments payments;
  private final Refunds refunds;
  private final OrderNotes notes;
  private final AskProvider askProvider;
  private final Ids ids;
  private final Optional<PaymentMethod> defaultMethod;
  private final Runnable paymentsDue;
  private final Runnable refundsDue;

  /** A fact of an order. */
  public record Heard(SalesEvent fact, Cause cause) {}

  /**
   * @param defaultMethod how an order is paid that does not say; when absent it waits to be told
   * @param paymentsDue lets the provider be asked soon; called after a commit
   * @param refundsDue lets the refunds be paid soon; called after a commit
   */
  public FollowOrders(
      Payments payments,
      Refunds refunds,
      OrderNotes notes,
      AskProvider askProvider,
      Ids ids,
      Optional<PaymentMethod> defaultMethod,
      Runnable paymentsDue,
      Runnable refundsDue) {
    this.payments = payments;
    this.refunds = refunds;
    this.notes = notes;
    this.askProvider = askProvider;
    this.ids = ids;
    this.defaultMethod = defaultMethod;
    this.paymentsDue = paymentsDue;
    this.refundsDue = refundsDue;
  }

  public void handle(List<Heard> batch, UnitOfWork tx) {
    List<UUID> orders = batch.stream().map(heard -> heard.fact().orderId()).distinct().toList();
    List<UUID> known = NewIds.toLookUp(orders, FollowOrders.class, tx);
    Supplier<Map<UUID, Note>> lockedNotes = known.isEmpty() ? Map::of : notes.lock(known, tx);
    Map<UUID, Payment> lockedPayments =
        known.isEmpty() ? Map.of() : payments.lockByOrders(known, tx);
    var books = new Books(lockedNotes.get(), lockedPayments, tx.now());
    for (Heard heard : batch) {
      switch (heard.fact()) {
        case OrderPaymentPending pending -> open(pending, heard.cause(), books, tx);
        case OrderCancelled cancelled -> end(cancelled, heard.cause(), books);
        case SalesEvent other ->
            throw new Unprocessable(
                "financial does not follow " + other.getClass().getSimpleName());
      }
    }
    write(books, tx);
  }

  private void open(OrderPaymentPending order, Cause cause, Books books, UnitOfWork tx) {
    if (books.payments.containsKey(order.orderId()) || books.notes.containsKey(order.orderId())) {
      return; // heard before, or the order died before it could be paid
    }
    Optional<PaymentMethod> method =
        order.method() == null ? defaultMethod : Optional.of(PaymentMethod.parse(order.method()));
    if (method.isEmpty()) {
      books.note(new Awaiting(order.orderId(), order.customerId(), order.amount()));
      return;
    }
    Payment payment =
        Payment.requested(
            new Payment.Terms(
                ids.next(),
                order.orderId(),
                order.customerId(),
                order.amount(),
                method.get(),
                order.token(),
                Announcements.trail(cause),
                books.now));
    books.payments.put(order.orderId(), payment);
    books.fresh.add(payment);
    Announcements.requested(payment, cause, tx);
  }

  private void end(OrderCancelled order, Cause cause, Books books) {
    Payment payment = books.payments.get(order.orderId());
    if (payment == null) {
      if (!(books.notes.get(order.orderId()) instanceof Dead)) {
        books.note(new Dead(order.orderId()));
      }
      return;
    }
    switch (payment.endOrder(books.now)) {
      case OrderEnd.Withdrawn() -> books.changed.put(payment.id(), payment);
      case OrderEnd.Pursued() -> {
        books.changed.put(payment.id(), payment);
        books.pursued = true;
      }
      case OrderEnd.Owing(var owed) -> {
        books.changed.put(payment.id(), payment);
        books.owed.add(
            Refund.owed(
                ids.next(),
                payment.id(),
                owed,
                order.reason(),
                Announcements.trail(cause),
                books.now));
      }
      case OrderEnd.Unchanged() -> books.changed.put(payment.id(), payment);
    }
  }

  private void write(Books books, UnitOfWork tx) {
    List<Payment> wanted =
        books.fresh.stream().filter(p -> p.status() == PaymentStatus.REQUESTED).toList();
    askProvider.claimNew(wanted, books.now, tx);
    payments.insert(books.fresh, tx);
    books.fresh.forEach(payment -> books.changed.remove(payment.id()));
    payments.save(books.changed.values(), tx);
    refunds.insert(books.owed, tx);
    notes.put(books.newNotes.values(), tx);
    boolean left = wanted.stream().anyMatch(p -> p.status() == PaymentStatus.REQUESTED);
    if (books.pursued || left) {
      tx.afterCommit(paymentsDue);
    }
    if (!books.owed.isEmpty()) {
      tx.afterCommit(refundsDue);
    }
  }

  /** All that a batch touches. */
  private static final class Books {
    private final Map<UUID, Note> notes;
    private final Map<UUID, Payment> payments;
    private final Instant now;
    private final List<Payment> fresh = new ArrayList<>();
    private final Map<UUID, Payment> changed = new HashMap<>();
    private final List<Refund> owed = new ArrayList<>();
    private final Map<UUID, Note> newNotes = new LinkedHashMap<>();
    private boolean pursued;

    Books(Map<UUID, Note> notes, Map<UUID, Payment> payments, Instant now) {
      this.notes = new HashMap<>(notes);
      this.payments = new HashMap<>(payments);
      this.now = now;
    }

    void note(Note note) {
      notes.put(note.orderId(), note);
      newNotes.put(note.orderId(), note);
    }
  }
}
