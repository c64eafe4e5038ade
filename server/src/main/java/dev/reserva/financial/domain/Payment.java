package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The money of one order. Its id is its idempotency key with the provider, so however often the
 * provider is asked, it takes the money once.
 *
 * <p>While it is open it has a due time, at which somebody asks the provider. A claim moves the due
 * time to the end of its lease: if the claimant dies, the next one finds an attempt on record and
 * inquires before it charges.
 */
public final class Payment {

  public static final int MAX_TOKEN_LENGTH = 255;

  /** The failure of a payment that the provider never answered for. */
  public static final String NO_ANSWER = "no_answer";

  private final Terms terms;
  private PaymentStatus status;
  private boolean waiting;
  private boolean orderCancelled;
  private int attempts;
  private @Nullable Instant dueAt;
  private @Nullable SettledBy settledBy;
  private @Nullable String transactionId;
  private @Nullable String failure;
  private Money refunded;
  private Money owed;
  private @Nullable Instant processedAt;

  /** What never changes. */
  public record Terms(
      UUID id,
      UUID orderId,
      UUID customerId,
      Money amount,
      PaymentMethod method,
      @Nullable String token,
      Trail trail,
      Instant createdAt) {
    public Terms {
      if (token != null && (token.isEmpty() || token.length() > MAX_TOKEN_LENGTH)) {
        throw new IllegalArgumentException(
            "token must have 1..%d characters, had %d".formatted(MAX_TOKEN_LENGTH, token.length()));
      }
    }
  }

  /**
   * What changes.
   *
   * @param waiting the provider said that it waits for the buyer
   * @param orderCancelled the money is not wanted (any more)
   * @param attempts claims so far
   * @param dueAt present while the payment is open
   * @param refunded what the provider has given back
   * @param owed what is to be given back and is not yet
   */
  public record State(
      PaymentStatus status,
      boolean waiting,
      boolean orderCancelled,
      int attempts,
      @Nullable Instant dueAt,
      @Nullable SettledBy settledBy,
      @Nullable String transactionId,
      @Nullable String failure,
      Money refunded,
      Money owed,
      @Nullable Instant processedAt) {}

  /** A payment as it stands on record. */
  public Payment(Terms terms, State state) {
    this.terms = terms;
    this.status = state.status();
    this.waiting = state.waiting();
    this.orderCancelled = state.orderCancelled();
    this.attempts = state.attempts();
    this.dueAt = state.dueAt();
    this.settledBy = state.settledBy();
    this.transactionId = state.transactionId();
    this.failure = state.failure();
    this.refunded = state.refunded();
    this.owed = state.owed();
    this.processedAt = state.processedAt();
  }

  /** A new payment, due at once. */
  public static Payment requested(Terms terms) {
    Money zero = Money.zero(terms.amount().currency());
    return new Payment(
        terms,
        new State(
            PaymentStatus.REQUESTED,
            false,
            false,
            0,
            terms.createdAt(),
            null,
            null,
            null,
            zero,
            zero,
            null));
  }

  public Terms terms() {
    return terms;
  }

  public State state() {
    return new State(
        status,
        waiting,
        orderCancelled,
        attempts,
        dueAt,
        settledBy,
        transactionId,
        failure,
        refunded,
        owed,
        processedAt);
  }

  public UUID id() {
    return terms.id();
  }

  public PaymentStatus status() {
    return status;
  }

  public boolean isOrderCancelled() {
    return orderCancelled;
  }

  /** Whether the provider waits for the buyer, so that an operator may settle by hand. */
  public boolean isWaiting() {
    return waiting && status == PaymentStatus.PROCESSING;
  }

  public int attempts() {
    return attempts;
  }

  public Money refunded() {
    return refunded;
  }

  /**
   * The provider's reference.
   *
   * @throws IllegalStateException when no money was taken
   */
  public String transactionId() {
    if (transactionId == null) {
      throw new IllegalStateException("payment %s has no transaction".formatted(id()));
    }
    return transactionId;
  }

  /**
   * Puts the next attempt on record, before the provider is asked.
   *
   * @param leaseEnds when somebody else may take over
   * @return whether this is an attempt to take the money, worth telling; else it only asks how
   *     things stand
   */
  public boolean claim(Instant leaseEnds) {
    if (status != PaymentStatus.PROCESSING) {
      become(PaymentStatus.PROCESSING);
    }
    attempts++;
    dueAt = leaseEnds;
    return !waiting && !orderCancelled;
  }

  /** The provider has taken the money. */
  public Settlement approve(String transaction, SettledBy by, Instant now) {
    return switch (status) {
      case REQUESTED -> new Settlement.Contradicted(status);
      case SUCCEEDED, PARTIALLY_REFUNDED, REFUNDED -> new Settlement.Unchanged();
      case PROCESSING, FAILED, CANCELLED -> {
        // After FAILED the order has been told that there is no money, and dies of it.
        boolean tooLate = orderCancelled || status != PaymentStatus.PROCESSING;
        settle(PaymentStatus.SUCCEEDED, by, now);
        transactionId = transaction;
        failure = null;
        if (tooLate && !terms.amount().isZero()) {
          owed = terms.amount();
          yield new Settlement.CapturedTooLate(owed);
        }
        yield new Settlement.Captured();
      }
    };
  }

  /** The provider has not taken the money and will not. */
  public Settlement decline(String reason, SettledBy by, Instant now) {
    return switch (status) {
      case FAILED, CANCELLED -> new Settlement.Unchanged();
      case REQUESTED, SUCCEEDED, PARTIALLY_REFUNDED, REFUNDED ->
          new Settlement.Contradicted(status);
      case PROCESSING -> {
        failure = reason;
        if (orderCancelled) {
          settle(PaymentStatus.CANCELLED, by, now);
          yield new Settlement.Withdrawn();
        }
        settle(PaymentStatus.FAILED, by, now);
        yield new Settlement.Failed(reason);
      }
    };
  }

  /** The provider was told to let be, and has promised never to take the money. */
  public Settlement abandon(Instant now) {
    return decline(orderCancelled ? "order_cancelled" : NO_ANSWER, SettledBy.FINANCIAL, now);
  }

  /** The provider waits for the buyer; it will call, and is asked in case that call is lost. */
  public void awaitBuyer(Instant nextInquiry, Instant now) {
    if (status == PaymentStatus.PROCESSING) {
      waiting = true;
      dueAt = orderCancelled ? now : nextInquiry;
    }
  }

  /** The provider gave no answer: nobody knows whether the money was taken. */
  public void postpone(Duration pause, Instant now) {
    if (status == PaymentStatus.PROCESSING) {
      dueAt = now.plus(pause);
    }
  }

  /** The order is dead: no money may be taken for it, and what was taken goes back. */
  public OrderEnd endOrder(Instant now) {
    if (orderCancelled) {
      return new OrderEnd.Unchanged();
    }
    orderCancelled = true;
    return switch (status) {
      case REQUESTED -> {
        failure = "order_cancelled";
        settle(PaymentStatus.CANCELLED, SettledBy.FINANCIAL, now);
        yield new OrderEnd.Withdrawn();
      }
      case PROCESSING -> {
        dueAt = now;
        yield new OrderEnd.Pursued();
      }
      case SUCCEEDED, PARTIALLY_REFUNDED -> {
        Money rest = left();
        if (rest.isZero()) {
          yield new OrderEnd.Unchanged();
        }
        owed = owed.plus(rest);
        yield new OrderEnd.Owing(rest);
      }
      case FAILED, CANCELLED, REFUNDED -> new OrderEnd.Unchanged();
    };
  }

  /**
   * Promises money back.
   *
   * @param wish in the payment's currency and more than zero; all that is left when absent
   */
  public Owing owe(@Nullable Money wish) {
    if (!status.isCaptured()) {
      return new Owing.NotPaid(status);
    }
    Money left = left();
    if (left.isZero()) {
      return new Owing.NothingLeft();
    }
    Money amount = Objects.requireNonNullElse(wish, left);
    if (amount.compareTo(left) > 0) {
      return new Owing.TooMuch(left);
    }
    owed = owed.plus(amount);
    return new Owing.Owed(amount);
  }

  /**
   * The provider has given back what was owed.
   *
   * @return whether nothing of the payment is kept now
   */
  public boolean giveBack(Money amount) {
    owed = owed.minus(amount);
    refunded = refunded.plus(amount);
    boolean whole = refunded.equals(terms.amount());
    PaymentStatus next = whole ? PaymentStatus.REFUNDED : PaymentStatus.PARTIALLY_REFUNDED;
    if (next != status) {
      become(next);
    }
    return whole;
  }

  /** What was paid and is neither given back nor owed. */
  private Money left() {
    return terms.amount().minus(refunded).minus(owed);
  }

  private void settle(PaymentStatus end, SettledBy by, Instant now) {
    become(end);
    settledBy = by;
    processedAt = now;
    waiting = false;
    dueAt = null;
  }

  private void become(PaymentStatus next) {
    if (!status.mayBecome(next)) {
      throw new IllegalStateException(
          "payment %s cannot go from %s to %s".formatted(id(), status, next));
    }
    status = next;
  }
}
