package dev.reserva.sales.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sales knows of an order's payment.
 *
 * @param instructions present only while the payment waits for the buyer
 */
public record Payment(UUID id, Status status, @Nullable Instructions instructions) {

  public Payment {
    if (instructions != null && status != Status.PROCESSING) {
      throw new IllegalArgumentException(
          "only a payment that is PROCESSING has instructions, was " + status);
    }
  }

  /** A payment that does not wait for the buyer. */
  public Payment(UUID id, Status status) {
    this(id, status, null);
  }

  /**
   * What the buyer needs in order to pay.
   *
   * @param code what to pay with, for pix and boleto
   * @param dueAt until when it can be paid
   */
  public record Instructions(PaymentMethod method, @Nullable String code, @Nullable Instant dueAt) {

    Instructions notAfter(@Nullable Instant end) {
      return end == null || (dueAt != null && !dueAt.isAfter(end))
          ? this
          : new Instructions(method, code, end);
    }
  }

  /** In the order in which they are reported. A repeated fact never restores an earlier status. */
  public enum Status {
    /** It waits for the buyer. */
    PROCESSING,
    /** No money was taken, and none will be. */
    CANCELLED,
    FAILED,
    SUCCEEDED,
    PARTIALLY_REFUNDED,
    REFUNDED;

    boolean outranks(Status other) {
      return compareTo(other) > 0;
    }

    /** Whether the money was captured, whatever was refunded since. */
    public boolean wasCaptured() {
      return compareTo(SUCCEEDED) >= 0;
    }
  }

  /** The same payment without instructions: it can no longer be paid. */
  Payment withoutInstructions() {
    return instructions == null ? this : new Payment(id, status);
  }
}
