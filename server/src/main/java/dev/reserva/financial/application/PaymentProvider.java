package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.PaymentChoice;
import java.util.UUID;

/**
 * Takes the buyers' money.
 *
 * <ul>
 *   <li>Every call may be repeated with the same key and has its effect once.
 *   <li>A call may throw anything, and may not return until it is interrupted. Its outcome is then
 *       unknown.
 * </ul>
 */
public interface PaymentProvider {

  /** Takes the money, once per key however often it is called. */
  Answer charge(Charge charge);

  /** How a charge stands; takes nothing. */
  Standing inquire(UUID key);

  /**
   * Tells the provider not to take the money. Unless it answers {@link Approved}, no charge with
   * this key takes money any more, not even one that is still on its way.
   */
  Abandonment abandon(Charge charge);

  /** Gives money back, once per key of the refund. */
  Repayment refund(Repay repay);

  /**
   * @param key idempotency key: the payment's id
   */
  record Charge(UUID key, Money amount, PaymentChoice choice) {}

  /**
   * @param key idempotency key: the refund's id
   * @param charge key of the charge that took the money
   * @param transactionId the provider's reference of that charge
   */
  record Repay(UUID key, UUID charge, String transactionId, Money amount) {}

  /** How a charge stands. */
  sealed interface Standing {}

  /** The outcome of a charge. */
  sealed interface Answer extends Standing {}

  /** A charge that has ended. */
  sealed interface Decision extends Answer {}

  /** The outcome of an abandonment. */
  sealed interface Abandonment {}

  /** The outcome of a refund. */
  sealed interface Repayment {}

  /** The money was taken. */
  record Approved(String transactionId) implements Decision, Abandonment {
    public static final int MAX_LENGTH = 200;

    public Approved {
      transactionId = Text.line("transactionId", transactionId, 1, MAX_LENGTH);
    }
  }

  /** The money was not taken and will not be. */
  record Declined(String reason) implements Decision {
    public static final int MAX_LENGTH = 200;

    public Declined {
      reason = Text.line("failure", reason, 1, MAX_LENGTH);
    }
  }

  /**
   * The provider waits for the buyer, and will call.
   *
   * @param instructions what the buyer needs in order to pay; the same whenever it is asked
   */
  record Pending(Instructions instructions) implements Answer {}

  /** The provider knows no such charge, or has not processed it yet. */
  record Absent() implements Standing {}

  /** No money was taken, and none will be. */
  record Abandoned() implements Abandonment {}

  /** The money was given back. */
  record Repaid() implements Repayment {}

  /** The provider refuses to give the money back; a person has to find out why. */
  record Refused(String reason) implements Repayment {}

  /** The provider could not be reached or had a fault of its own. */
  final class Unavailable extends RuntimeException {
    public Unavailable(String message) {
      super(message);
    }
  }
}
