package dev.reserva.financial.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a payment. Which change is allowed when, {@link Payment} decides.
 *
 * @param instructions present while the provider waits for the buyer
 * @param unwanted no money may be kept of it: its order is dead, or it was replaced
 * @param replacedBy the payment that takes its place
 * @param attempts claims so far
 * @param dueAt when the provider is to be asked; present while the payment is open and not held
 * @param transactionId the provider's reference; present if and only if money was taken
 * @param processedAt when it ended
 */
public record PaymentState(
    PaymentStatus status,
    @Nullable Instructions instructions,
    boolean unwanted,
    @Nullable UUID replacedBy,
    int attempts,
    @Nullable Instant dueAt,
    @Nullable SettledBy settledBy,
    @Nullable String transactionId,
    @Nullable String failure,
    Balance balance,
    @Nullable Instant processedAt) {

  /**
   * @param dueAt absent for a payment that is held
   */
  static PaymentState requested(Balance balance, @Nullable Instant dueAt) {
    return new PaymentState(
        PaymentStatus.REQUESTED, null, false, null, 0, dueAt, null, null, null, balance, null);
  }

  /** Whether the provider waits for the buyer. */
  public boolean isWaiting() {
    return instructions != null;
  }

  /** Whether another payment takes its place. */
  public boolean isReplaced() {
    return replacedBy != null;
  }

  /** Whether the provider is to be told not to take the money. */
  public boolean isToBeAbandoned() {
    return unwanted || isReplaced();
  }

  /** Whether it waits for the end of the payment that it replaces. */
  public boolean isHeld() {
    return status == PaymentStatus.REQUESTED && dueAt == null;
  }

  PaymentState claimed(Instant leaseEnds) {
    return new PaymentState(
        step(PaymentStatus.PROCESSING),
        instructions,
        unwanted,
        replacedBy,
        attempts + 1,
        leaseEnds,
        settledBy,
        transactionId,
        failure,
        balance,
        processedAt);
  }

  PaymentState due(Instant at) {
    return open(instructions, replacedBy, at);
  }

  PaymentState waiting(Instructions said, Instant dueAt) {
    return open(said, replacedBy, dueAt);
  }

  /**
   * @param dueAt absent for a payment that has ended
   */
  PaymentState replaced(UUID by, @Nullable Instant dueAt) {
    return open(instructions, by, dueAt);
  }

  private PaymentState open(@Nullable Instructions said, @Nullable UUID by, @Nullable Instant at) {
    return new PaymentState(
        status,
        said,
        unwanted,
        by,
        attempts,
        at,
        settledBy,
        transactionId,
        failure,
        balance,
        processedAt);
  }

  PaymentState withdrawn() {
    return new PaymentState(
        status,
        instructions,
        true,
        replacedBy,
        attempts,
        dueAt,
        settledBy,
        transactionId,
        failure,
        balance,
        processedAt);
  }

  /** The money was taken. */
  PaymentState captured(String transaction, SettledBy by, Instant now) {
    return ended(PaymentStatus.SUCCEEDED, transaction, null, by, now);
  }

  /** The payment ended without money. */
  PaymentState failed(PaymentStatus end, String why, SettledBy by, Instant now) {
    return ended(end, null, why, by, now);
  }

  private PaymentState ended(
      PaymentStatus end,
      @Nullable String transaction,
      @Nullable String why,
      SettledBy by,
      Instant now) {
    return new PaymentState(
        step(end), null, unwanted, replacedBy, attempts, null, by, transaction, why, balance, now);
  }

  PaymentState with(PaymentStatus next, Balance changed) {
    return new PaymentState(
        step(next),
        instructions,
        unwanted,
        replacedBy,
        attempts,
        dueAt,
        settledBy,
        transactionId,
        failure,
        changed,
        processedAt);
  }

  private PaymentStatus step(PaymentStatus next) {
    if (next != status && !status.mayBecome(next)) {
      throw new IllegalStateException("a payment cannot go from %s to %s".formatted(status, next));
    }
    return next;
  }
}
