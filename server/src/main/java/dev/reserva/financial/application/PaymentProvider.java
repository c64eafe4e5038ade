package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.PaymentMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who takes the buyers' money.
 *
 * <p>Each call may throw anything, or not return at all until it is interrupted: then nobody knows
 * what became of it. Every call bears repetition with the same key.
 */
public interface PaymentProvider {

  /** Takes the money, once per key however often it is called. */
  Answer charge(Charge charge);

  /** How a charge stands; takes nothing. */
  Standing inquire(UUID key);

  /**
   * Tells the provider to let be. Unless it answers {@link Approved}, no charge with this key will
   * take money any more, not even one that is still on its way.
   */
  Abandonment abandon(Charge charge);

  /** Gives money back, once per key of the refund. */
  Repayment refund(Repay repay);

  /**
   * @param key idempotency key: the payment's id
   * @param token the provider's token for the buyer's means, if the order named one
   */
  record Charge(UUID key, Money amount, PaymentMethod method, @Nullable String token) {}

  /**
   * @param key idempotency key: the refund's id
   * @param charge key of the charge that took the money
   * @param transactionId what the provider called that charge
   */
  record Repay(UUID key, UUID charge, String transactionId, Money amount) {}

  /** How a charge stands. */
  sealed interface Standing {}

  /** What came of a charge. */
  sealed interface Answer extends Standing {}

  /** What came of an abandonment. */
  sealed interface Abandonment {}

  /** What came of a refund. */
  sealed interface Repayment {}

  /** The money was taken. */
  record Approved(String transactionId) implements Answer, Abandonment {
    public static final int MAX_LENGTH = 200;

    public Approved {
      if (transactionId.isBlank() || transactionId.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "transactionId must have 1..%d characters, had %d"
                .formatted(MAX_LENGTH, transactionId.length()));
      }
    }
  }

  /** The money was not taken and will not be. */
  record Declined(String reason) implements Answer {
    public static final int MAX_LENGTH = 200;

    public Declined {
      if (reason.isBlank() || reason.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "reason must have 1..%d characters, had %d".formatted(MAX_LENGTH, reason.length()));
      }
    }
  }

  /** The provider waits for the buyer, and will call. */
  record Pending() implements Answer {}

  /** The provider knows of no such charge, or has not got to it. */
  record Absent() implements Standing {}

  /** No money was taken, and none will be. */
  record Abandoned() implements Abandonment {}

  /** The money was given back. */
  record Repaid() implements Repayment {}

  /** The provider will not give it back like this; a person has to see why. */
  record Refused(String reason) implements Repayment {}

  /** The provider could not be reached or had a fault of its own. */
  final class Unavailable extends RuntimeException {
    public Unavailable(String message) {
      super(message);
    }
  }
}
