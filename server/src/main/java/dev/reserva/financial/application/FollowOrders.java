package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.OrderNotes.Awaiting;
import dev.reserva.financial.application.OrderNotes.Dead;
import dev.reserva.financial.application.OrderNotes.Note;
import dev.reserva.financial.domain.OrderEnd;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.NewIds;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens an order's receivable with the order, makes a payment when the order can be paid, undoes
 * both when it dies, and gives money back for what the buyer returns. It works on a batch as a set,
 * in the order of the steps. A repeated step has no effect, and an order whose end came first gets
 * neither.
 */
public final class FollowOrders {

  private final Payments payments;
  private final Refunds refunds;
  private final Receivables receivables;
  private final OrderNotes notes;
  private final AskProvider askProvider;
  private final Ids ids;
  private final PaymentPolicy policy;
  private final Runnable paymentsDue;
  private final Runnable refundsDue;

  /**
   * @param paymentsDue wakes the worker that asks the provider; called after a commit
   * @param refundsDue wakes the worker that pays refunds; called after a commit
   */
  public FollowOrders(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      OrderNotes notes,
      AskProvider askProvider,
      Ids ids,
      PaymentPolicy policy,
      Runnable paymentsDue,
      Runnable refundsDue) {
    this.payments = payments;
    this.refunds = refunds;
    this.receivables = receivables;
    this.notes = notes;
    this.askProvider = askProvider;
    this.ids = ids;
    this.policy = policy;
    this.paymentsDue = paymentsDue;
    this.refundsDue = refundsDue;
  }

  /**
   * @throws Unprocessable when goods of an order come back that was not paid
   */
  public void follow(List<OrderStep> batch, UnitOfWork tx) {
    var book =
        new ReceivableBook(
            receivables, batch.stream().map(OrderStep::orderId).distinct().toList(), tx);
    Set<UUID> noted = new LinkedHashSet<>(known(batch, true, tx));
    List<UUID> known = known(batch, false, tx);
    noted.addAll(known);
    Supplier<Map<UUID, Note>> lockedNotes = noted.isEmpty() ? Map::of : notes.lock(noted, tx);
    Map<UUID, List<Payment>> lockedPayments =
        known.isEmpty() ? Map.of() : payments.lockByOrders(known, tx);
    var books = new Books(book, lockedNotes.get(), lockedPayments, tx);
    for (OrderStep step : batch) {
      switch (step) {
        case OrderStep.Created created -> begin(created, books);
        case OrderStep.Payable payable -> open(payable, books, tx);
        case OrderStep.Died died -> end(died, books, tx);
        case OrderStep.Returned _ -> {
          // Below: what was refunded for returns is read at once.
        }
      }
    }
    giveBack(batch, books, tx);
    write(books, tx);
  }

  /**
   * The orders of the batch that may have notes and payments.
   *
   * @param created those whose creation is in the batch, or the others: a transaction that makes an
   *     order asks once for each
   */
  private static List<UUID> known(List<OrderStep> batch, boolean created, UnitOfWork tx) {
    List<UUID> orders =
        batch.stream()
            .filter(step -> step instanceof OrderStep.Created == created)
            .map(OrderStep::orderId)
            .distinct()
            .toList();
    Class<?> reader = created ? OrderStep.Created.class : FollowOrders.class;
    return NewIds.toLookUp(orders, reader, tx);
  }

  private static void begin(OrderStep.Created order, Books books) {
    if (!(books.notes.get(order.orderId()) instanceof Dead)) {
      books.receivables.open(
          order.orderId(), order.customerId(), order.amount(), order.cause(), order.at());
    }
  }

  private void open(OrderStep.Payable order, Books books, UnitOfWork tx) {
    if (books.payments.containsKey(order.orderId()) || books.notes.containsKey(order.orderId())) {
      return; // a repeated step, or the order died before it could be paid
    }
    books.receivables.due(
        books.receivables.open(
            order.orderId(), order.customerId(), order.amount(), order.cause(), books.now()),
        order.payBefore());
    PaymentChoice choice = choice(order);
    if (choice == null) {
      books.note(new Awaiting(order.orderId(), order.customerId(), order.amount()));
      return;
    }
    Payment payment =
        Payment.requested(
            new PaymentTerms(
                ids.next(),
                order.orderId(),
                order.customerId(),
                order.amount(),
                choice,
                null,
                policy.tries() - 1,
                Announcements.trail(order.cause()),
                books.now()));
    books.payments.put(order.orderId(), List.of(payment));
    books.fresh.add(payment);
    Announcements.requested(payment, order.cause(), tx);
  }

  private @Nullable PaymentChoice choice(OrderStep.Payable order) {
    return order.choice() == null
        ? policy.defaultMethod().map(method -> new PaymentChoice(method, null)).orElse(null)
        : order.choice();
  }

  private void end(OrderStep.Died order, Books books, UnitOfWork tx) {
    books.receivables.cancel(order.orderId(), order.cause(), books.now());
    List<Payment> ofOrder = books.payments.getOrDefault(order.orderId(), List.of());
    if (ofOrder.isEmpty() && !(books.notes.get(order.orderId()) instanceof Dead)) {
      books.note(new Dead(order.orderId()));
    }
    for (Payment payment : ofOrder) {
      books.changed.put(payment.id(), payment);
      switch (payment.endOrder(books.now())) {
        case OrderEnd.Withdrawn() ->
            Announcements.cancelled(payment, Payment.ORDER_CANCELLED, order.cause(), tx);
        case OrderEnd.Pursued() -> books.pursued = true;
        case OrderEnd.Owing(var owed) ->
            books.owed.add(refund(payment, owed, order.reason(), order.cause(), books.now()));
        case OrderEnd.Unchanged() -> {
          // Only that the money is unwanted may be new.
        }
      }
    }
  }

  private void giveBack(List<OrderStep> batch, Books books, UnitOfWork tx) {
    List<OrderStep.Returned> returned =
        batch.stream()
            .filter(OrderStep.Returned.class::isInstance)
            .map(OrderStep.Returned.class::cast)
            .toList();
    if (returned.isEmpty()) {
      return;
    }
    Set<UUID> known =
        new HashSet<>(
            refunds.forReturns(returned.stream().map(OrderStep.Returned::returnId).toList(), tx));
    for (OrderStep.Returned step : returned) {
      if (known.add(step.returnId())) {
        giveBack(step, books, tx);
      }
    }
  }

  /** Owes the refund of a return, or what is left of the payment if that is less. */
  private void giveBack(OrderStep.Returned step, Books books, UnitOfWork tx) {
    Payment payment =
        books.payments.getOrDefault(step.orderId(), List.of()).stream()
            .filter(Payment::paysItsOrder)
            .findFirst()
            .orElseThrow(() ->
                new Unprocessable(
                    "order %s has no payment that return %s could be refunded from"
                        .formatted(step.orderId(), step.returnId())));
    Money left = payment.balance().left();
    Money owed = step.amount().compareTo(left) > 0 ? left : step.amount();
    if (owed.isZero()) {
      Announcements.returnRefunded(payment, step.returnId(), owed, step.cause(), tx);
      return;
    }
    payment.owe(owed);
    books.changed.put(payment.id(), payment);
    books.owed.add(
        Refund.owedForReturn(
            ids.next(),
            payment.id(),
            owed,
            step.returnId(),
            Announcements.trail(step.cause()),
            books.now()));
  }

  private Refund refund(Payment payment, Money owed, String reason, Cause cause, Instant now) {
    return Refund.owed(ids.next(), payment.id(), owed, reason, Announcements.trail(cause), now);
  }

  private void write(Books books, UnitOfWork tx) {
    List<Payment> wanted =
        books.fresh.stream().filter(p -> p.status() == PaymentStatus.REQUESTED).toList();
    if (!wanted.isEmpty()) {
      askProvider.claimNew(wanted, books.now(), tx);
    }
    payments.insert(books.fresh, tx);
    books.fresh.forEach(payment -> books.changed.remove(payment.id()));
    payments.save(books.changed.values(), tx);
    refunds.insert(books.owed, tx);
    notes.put(books.newNotes.values(), tx);
    books.receivables.write();
    boolean left = wanted.stream().anyMatch(p -> p.status() == PaymentStatus.REQUESTED);
    if (books.pursued || left) {
      tx.afterCommit(paymentsDue);
    }
    if (!books.owed.isEmpty()) {
      tx.afterCommit(refundsDue);
    }
  }

  /** Everything that a batch touches. */
  private static final class Books {
    private final ReceivableBook receivables;
    private final Map<UUID, Note> notes;
    private final Map<UUID, List<Payment>> payments;
    private final UnitOfWork tx;
    private @Nullable Instant now;
    private final List<Payment> fresh = new ArrayList<>();
    private final Map<UUID, Payment> changed = new HashMap<>();
    private final List<Refund> owed = new ArrayList<>();
    private final Map<UUID, Note> newNotes = new LinkedHashMap<>();
    private boolean pursued;

    Books(
        ReceivableBook receivables,
        Map<UUID, Note> notes,
        Map<UUID, List<Payment>> payments,
        UnitOfWork tx) {
      this.receivables = receivables;
      this.notes = new HashMap<>(notes);
      this.payments = new HashMap<>(payments);
      this.tx = tx;
    }

    /**
     * The time under the locks. It is not read for orders that are only made: that costs a query.
     */
    Instant now() {
      if (now == null) {
        now = tx.now();
      }
      return now;
    }

    void note(Note note) {
      notes.put(note.orderId(), note);
      newNotes.put(note.orderId(), note);
    }
  }
}
