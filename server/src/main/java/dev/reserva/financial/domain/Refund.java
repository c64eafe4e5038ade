package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money that is owed back until the provider has given it. Its id is its idempotency key with the
 * provider.
 *
 * @param returnId the return that it is for; absent for any other reason
 * @param attempts claims so far
 * @param dueAt when the provider is to be asked next
 */
public record Refund(
    UUID id,
    UUID paymentId,
    Money amount,
    @Nullable UUID returnId,
    @Nullable String reason,
    Trail trail,
    int attempts,
    Instant dueAt,
    Instant createdAt) {

  public static final int MAX_REASON_LENGTH = 500;

  /** Most refunds of a payment that can be asked for, so that a payment can list them all. */
  public static final int MAX_PER_PAYMENT = 100;

  /** Why money goes back for a return. */
  public static final String RETURNED = "returned";

  public Refund {
    if (amount.isZero()) {
      throw new IllegalArgumentException("amount must be more than 0, was " + amount);
    }
    if (reason != null) {
      requireReason(reason);
    }
  }

  /**
   * @throws IllegalArgumentException when the reason is too long
   */
  public static void requireReason(String reason) {
    int length = Text.length(reason);
    if (length > MAX_REASON_LENGTH) {
      throw new IllegalArgumentException(
          "reason must have at most %d characters, had %d".formatted(MAX_REASON_LENGTH, length));
    }
  }

  /**
   * A reason as a caller gives it.
   *
   * @throws IllegalArgumentException when no reason can be like that
   */
  public static String reason(String text) {
    return Text.lines("reason", text, 1, MAX_REASON_LENGTH);
  }

  /** An obligation that is new and due at once. */
  public static Refund owed(
      UUID id, UUID paymentId, Money amount, @Nullable String reason, Trail trail, Instant now) {
    return new Refund(id, paymentId, amount, null, reason, trail, 0, now, now);
  }

  /** What is owed for goods that came back, new and due at once. */
  public static Refund owedForReturn(
      UUID id, UUID paymentId, Money amount, UUID returnId, Trail trail, Instant now) {
    return new Refund(id, paymentId, amount, returnId, RETURNED, trail, 0, now, now);
  }

  /** The next attempt is on record; no other process makes one before the lease ends. */
  public Refund claimed(Instant leaseEnds) {
    return new Refund(
        id, paymentId, amount, returnId, reason, trail, attempts + 1, leaseEnds, createdAt);
  }

  /** The provider gave no answer or refused: the money stays owed. */
  public Refund postponed(Instant next) {
    return new Refund(id, paymentId, amount, returnId, reason, trail, attempts, next, createdAt);
  }
}
