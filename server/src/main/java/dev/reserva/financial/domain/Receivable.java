package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer owes for an order.
 *
 * <ul>
 *   <li>It is opened with the order. The payment that pays the order settles it; the end of the
 *       order cancels it if it is still open. After that its status stays.
 *   <li>Each change of money is an entry of the ledger. The receivable's amounts are the sums of
 *       its entries.
 *   <li>Money that is taken too late, for an order that is dead or by a payment that was replaced,
 *       is recorded as settled and, once the provider has given it back, as refunded. It settles
 *       nothing.
 * </ul>
 */
public final class Receivable {

  private final ReceivableTerms terms;
  private ReceivableState state;

  /** Entries that are not on record yet. */
  private final List<ReceivableEntry> entries = new ArrayList<>();

  /** A receivable as it stands on record. */
  public Receivable(ReceivableTerms terms, ReceivableState state) {
    this.terms = terms;
    this.state = state;
  }

  /** A new receivable. */
  public static Receivable opened(ReceivableTerms terms) {
    Money zero = Money.zero(terms.amount().currency());
    Receivable receivable =
        new Receivable(terms, new ReceivableState(ReceivableStatus.OPEN, zero, zero, null, null));
    receivable.enter(ReceivableEntry.Kind.OPENED, terms.amount(), null, terms.openedAt());
    return receivable;
  }

  public ReceivableTerms terms() {
    return terms;
  }

  public ReceivableState state() {
    return state;
  }

  /** The order's id. */
  public UUID id() {
    return terms.orderId();
  }

  public boolean isOpen() {
    return state.status() == ReceivableStatus.OPEN;
  }

  /** What is still to be paid: the whole amount while it is open, then nothing. */
  public Money open() {
    return isOpen() ? terms.amount() : Money.zero(terms.amount().currency());
  }

  /** Whether it is open past its due date. */
  public boolean isOverdue(Instant now) {
    return isOpen() && state.dueAt() != null && state.dueAt().isBefore(now);
  }

  /**
   * Sets until when the order is to be paid. The due date of what is closed stays.
   *
   * @return whether that is news
   */
  public boolean due(Instant at) {
    if (!isOpen() || at.equals(state.dueAt())) {
      return false;
    }
    state = new ReceivableState(state.status(), state.settled(), state.refunded(), at, null);
    return true;
  }

  /**
   * A payment has taken money.
   *
   * @param pays whether the order is paid by it; false for money that came too late
   * @return whether that settles the receivable
   */
  public boolean capture(UUID payment, Money money, boolean pays, Instant now) {
    boolean settles = pays && isOpen();
    state =
        new ReceivableState(
            settles ? ReceivableStatus.SETTLED : state.status(),
            state.settled().plus(money),
            state.refunded(),
            state.dueAt(),
            settles ? now : state.closedAt());
    enter(ReceivableEntry.Kind.SETTLED, money, payment, now);
    return settles;
  }

  /**
   * The order is dead.
   *
   * @return whether that cancels the receivable; not when it is closed
   */
  public boolean cancel(Instant now) {
    if (!isOpen()) {
      return false;
    }
    state =
        new ReceivableState(
            ReceivableStatus.CANCELLED, state.settled(), state.refunded(), state.dueAt(), now);
    enter(ReceivableEntry.Kind.CANCELLED, terms.amount(), null, now);
    return true;
  }

  /**
   * The provider has given money back.
   *
   * @throws IllegalArgumentException when it is more than was taken
   */
  public void refund(UUID refund, Money money, Instant now) {
    Money refunded = state.refunded().plus(money);
    if (refunded.compareTo(state.settled()) > 0) {
      throw new IllegalArgumentException(
          "refunded must be at most %s, was %s".formatted(state.settled(), refunded));
    }
    state =
        new ReceivableState(
            state.status(), state.settled(), refunded, state.dueAt(), state.closedAt());
    enter(ReceivableEntry.Kind.REFUNDED, money, refund, now);
  }

  /** The entries that are not on record yet. Whoever takes them puts them on record. */
  public List<ReceivableEntry> takeEntries() {
    List<ReceivableEntry> taken = List.copyOf(entries);
    entries.clear();
    return taken;
  }

  private void enter(ReceivableEntry.Kind kind, Money amount, @Nullable UUID source, Instant at) {
    entries.add(new ReceivableEntry(kind, amount, source, at));
  }
}
