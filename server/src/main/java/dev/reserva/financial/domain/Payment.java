package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order's payment. Its id is its idempotency key with the provider, so the provider takes the
 * money once, however often it is asked.
 *
 * <ul>
 *   <li>An open payment has a due time, at which the provider is asked. A claim moves it to the end
 *       of the lease: if the claimant dies, the next one finds an attempt on record and inquires
 *       before it charges.
 *   <li>A payment that waits for the buyer can be replaced by another one. The new payment is held,
 *       without a due time, until the provider has promised not to take the money of the old one.
 *       So one of them is charged, never both.
 *   <li>A payment that fails while tries are left does not end its order: another one can take its
 *       place, and is due at once, because no money was taken.
 *   <li>Money is unwanted when the order is dead, or when the payment was replaced. What is taken
 *       nevertheless is owed back.
 * </ul>
 */
public final class Payment {

  /** Why a payment ends whose order died. */
  public static final String ORDER_CANCELLED = "order_cancelled";

  /** Why a held payment ends: the buyer has paid the one that it was to replace. */
  public static final String ORDER_PAID = "order_paid";

  /** Why a payment ends whose place another one has taken. */
  public static final String REPLACED = "replaced";

  /** Why a payment ends that the buyer has not paid by its due date. */
  public static final String EXPIRED = "payment_expired";

  /** Why a payment ends that the provider never answered for. */
  public static final String NO_ANSWER = "no_answer";

  private final PaymentTerms terms;
  private PaymentState state;

  /** A payment as it stands on record. */
  public Payment(PaymentTerms terms, PaymentState state) {
    this.terms = terms;
    this.state = state;
  }

  /** A new payment: due at once, or held if it replaces another one. */
  public static Payment requested(PaymentTerms terms) {
    return new Payment(
        terms,
        PaymentState.requested(
            Balance.of(terms.amount()), terms.replaces() == null ? terms.createdAt() : null));
  }

  /** A new payment in the place of one that has failed: due at once. */
  public static Payment triedAgain(PaymentTerms terms) {
    return new Payment(
        terms, PaymentState.requested(Balance.of(terms.amount()), terms.createdAt()));
  }

  public PaymentTerms terms() {
    return terms;
  }

  public PaymentState state() {
    return state;
  }

  public UUID id() {
    return terms.id();
  }

  public PaymentStatus status() {
    return state.status();
  }

  public int attempts() {
    return state.attempts();
  }

  public Balance balance() {
    return state.balance();
  }

  /** Whether the provider waits for the buyer, so that it can be settled by hand or replaced. */
  public boolean isWaiting() {
    return state.isWaiting();
  }

  /** Whether it waits for the buyer and can be paid until a due date, passed or not. */
  public boolean hasDueDate() {
    Instructions said = state.instructions();
    return said != null && said.payBy() != null;
  }

  /** Whether it waits for the buyer past its due date. */
  public boolean isExpired(Instant now) {
    Instructions said = state.instructions();
    return said != null && said.payBy() != null && !said.payBy().isAfter(now);
  }

  /** Whether its order is paid by it. */
  public boolean paysItsOrder() {
    return status().isCaptured() && !state.unwanted();
  }

  /** Whether it failed, and the buyer may try to pay the order with another one. */
  public boolean mayBeTriedAgain() {
    return status() == PaymentStatus.FAILED && terms.triesLeft() > 0 && !state.isToBeAbandoned();
  }

  /** Whether it pays as the choice says. */
  public boolean meets(PaymentChoice choice) {
    return choice.isMetBy(terms.choice());
  }

  /**
   * The provider's reference.
   *
   * @throws IllegalStateException when no money was taken
   */
  public String transactionId() {
    String transactionId = state.transactionId();
    if (transactionId == null) {
      throw new IllegalStateException("payment %s has no transaction".formatted(id()));
    }
    return transactionId;
  }

  /**
   * Puts the next attempt on record, before the provider is asked.
   *
   * @param leaseEnds when another process may take over
   * @return whether it is the first attempt, which alone is news to others
   */
  public boolean claim(Instant leaseEnds) {
    if (state.isHeld() || !status().isOpen()) {
      throw new IllegalStateException(
          "payment %s cannot be claimed, it is %s"
              .formatted(id(), state.isHeld() ? "held" : status()));
    }
    state = state.claimed(leaseEnds);
    return state.attempts() == 1;
  }

  /** The provider has taken the money. */
  public Settlement approve(String transaction, SettledBy by, Instant now) {
    return switch (status()) {
      case REQUESTED -> new Settlement.Contradicted(status());
      case SUCCEEDED, PARTIALLY_REFUNDED, REFUNDED -> new Settlement.Unchanged();
      case PROCESSING, FAILED, CANCELLED -> {
        // FAILED was announced, and the order dies of it, unless the buyer may try again.
        boolean tooLate =
            state.unwanted() || (status() != PaymentStatus.PROCESSING && !mayBeTriedAgain());
        state = state.captured(transaction, by, now);
        if (tooLate && !terms.amount().isZero()) {
          promise(terms.amount());
          yield new Settlement.CapturedTooLate(terms.amount());
        }
        yield new Settlement.Captured();
      }
    };
  }

  /** The provider has not taken the money and will not. */
  public Settlement decline(String reason, SettledBy by, Instant now) {
    return switch (status()) {
      case FAILED, CANCELLED -> new Settlement.Unchanged();
      case REQUESTED, SUCCEEDED, PARTIALLY_REFUNDED, REFUNDED ->
          new Settlement.Contradicted(status());
      case PROCESSING -> {
        if (state.isToBeAbandoned()) {
          yield cancel(reason, by, now);
        }
        state = state.failed(PaymentStatus.FAILED, reason, by, now);
        yield new Settlement.Failed(reason);
      }
    };
  }

  /** The provider has promised never to take the money. */
  public Settlement abandon(Instant now) {
    return decline(whyAbandoned(now), SettledBy.FINANCIAL, now);
  }

  private String whyAbandoned(Instant now) {
    if (state.unwanted()) {
      return ORDER_CANCELLED;
    }
    if (state.isReplaced()) {
      return REPLACED;
    }
    return isExpired(now) ? EXPIRED : NO_ANSWER;
  }

  /**
   * The provider waits for the buyer. It will call; it is asked as well, in case the call is lost,
   * and at the due date.
   */
  public Settlement awaitBuyer(Instructions said, Instant nextInquiry, Instant now) {
    if (status() != PaymentStatus.PROCESSING) {
      return new Settlement.Unchanged();
    }
    Instructions known = state.instructions();
    Instructions kept = known == null ? said : known;
    Instant payBy = kept.payBy();
    Instant next = payBy != null && payBy.isBefore(nextInquiry) ? payBy : nextInquiry;
    state = state.waiting(kept, state.isToBeAbandoned() || next.isBefore(now) ? now : next);
    return known == null && !state.isToBeAbandoned()
        ? new Settlement.Waiting(said)
        : new Settlement.Unchanged();
  }

  /**
   * The provider has news of a payment that waits for the buyer.
   *
   * @return whether it is due now; not when it waits no more
   */
  public boolean inquireNow(Instant now) {
    boolean waiting = status() == PaymentStatus.PROCESSING && isWaiting();
    if (waiting) {
      state = state.due(now);
    }
    return waiting;
  }

  /** The provider gave no answer: it is unknown whether the money was taken. */
  public void postpone(Duration pause, Instant now) {
    if (status() == PaymentStatus.PROCESSING) {
      state = state.due(now.plus(pause));
    }
  }

  /**
   * Another payment takes the place of this one, which waits for the buyer. The provider is told
   * now; if the buyer has paid by then, this one stays and the other one ends.
   */
  public void replaceBy(UUID other, Instant now) {
    if (!isWaiting() || state.isToBeAbandoned()) {
      throw new IllegalStateException("payment %s cannot be replaced".formatted(id()));
    }
    state = state.replaced(other, now);
  }

  /**
   * Another payment takes the place of this one, which has failed. Money that comes for this one
   * from now on is unwanted.
   */
  public void tryAgainBy(UUID other) {
    if (!mayBeTriedAgain()) {
      throw new IllegalStateException("payment %s cannot be tried again".formatted(id()));
    }
    state = state.replaced(other, null).withdrawn();
  }

  /**
   * The payment that this one replaces has ended without money.
   *
   * @return whether this one is due now; not when it has ended as well
   */
  public boolean release(Instant now) {
    boolean held = state.isHeld();
    if (held) {
      state = state.due(now);
    }
    return held;
  }

  /** The order has been paid by the payment that this one was to replace. */
  public Settlement giveWay(Instant now) {
    return state.isHeld()
        ? cancel(ORDER_PAID, SettledBy.FINANCIAL, now)
        : new Settlement.Unchanged();
  }

  /** The order is dead: no money may be taken for it, and what was taken goes back. */
  public OrderEnd endOrder(Instant now) {
    if (state.unwanted()) {
      return new OrderEnd.Unchanged();
    }
    state = state.withdrawn();
    return switch (status()) {
      case REQUESTED -> {
        cancel(ORDER_CANCELLED, SettledBy.FINANCIAL, now);
        yield new OrderEnd.Withdrawn();
      }
      case PROCESSING -> {
        state = state.due(now);
        yield new OrderEnd.Pursued();
      }
      case SUCCEEDED, PARTIALLY_REFUNDED -> {
        Money rest = balance().left();
        if (rest.isZero()) {
          yield new OrderEnd.Unchanged();
        }
        promise(rest);
        yield new OrderEnd.Owing(rest);
      }
      case FAILED, CANCELLED, REFUNDED -> new OrderEnd.Unchanged();
    };
  }

  /**
   * Promises money back.
   *
   * @param requested in the payment's currency and more than zero; all that is left when absent
   */
  public Owing owe(@Nullable Money requested) {
    if (!status().isCaptured()) {
      return new Owing.NotPaid(status());
    }
    Money left = balance().left();
    if (left.isZero()) {
      return new Owing.NothingLeft();
    }
    Money amount = Objects.requireNonNullElse(requested, left);
    if (amount.compareTo(left) > 0) {
      return new Owing.TooMuch(left);
    }
    promise(amount);
    return new Owing.Owed(amount);
  }

  /**
   * The provider has given back what was owed.
   *
   * @return whether nothing of the payment is kept now
   */
  public boolean giveBack(Money amount) {
    Balance after = balance().giveBack(amount);
    boolean whole = after.isWhollyRefunded();
    state = state.with(whole ? PaymentStatus.REFUNDED : PaymentStatus.PARTIALLY_REFUNDED, after);
    return whole;
  }

  private void promise(Money amount) {
    state = state.with(status(), balance().promise(amount));
  }

  private Settlement cancel(String reason, SettledBy by, Instant now) {
    state = state.withdrawn().failed(PaymentStatus.CANCELLED, reason, by, now);
    return new Settlement.Withdrawn(reason);
  }
}
