package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Bisection;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.transport.LocalFlag;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The claim and the cursor of each subscription, in the consumer's own database.
 *
 * <p>Every move of a cursor is fenced: it takes effect only while the claim holds. A claim,
 * release, take-over or rewind also raises the generation in the log's head, which fences local
 * delivery.
 */
public interface Cursors {

  /**
   * The right to run a subscription.
   *
   * @param epoch fences former owners: each claim raises it
   * @param position the recorded position
   * @param parked whether anything is parked
   * @param flag marks the events that the subscription handled locally
   * @param generation the generation of the log's head that this claim has set
   * @param logEnd the log's end when the claim was made
   */
  record Claim(
      String subscription,
      long epoch,
      long position,
      boolean parked,
      LocalFlag flag,
      long generation,
      long logEnd) {

    Claim at(long newPosition) {
      return new Claim(subscription, epoch, newPosition, parked, flag, generation, logEnd);
    }
  }

  /**
   * What one step adds to a subscription's record.
   *
   * @param position the cursor from now on
   * @param delivered events that reached the subscription for the first time
   * @param handled events that took effect
   */
  record Progress(long position, int delivered, int handled) {}

  /**
   * Claims a subscription unless another process holds a lease on it. A new subscription begins at
   * the log's start.
   *
   * @return empty while another process has it
   */
  Optional<Claim> claim(String subscription, UUID owner, Duration lease);

  /**
   * Extends the lease of an idle subscription, and records the events that it has passed over.
   *
   * @return whether the claim still holds
   */
  boolean renew(Claim claim, Progress progress, Duration lease);

  /** Gives the subscription up, so that another process can claim it at once. */
  void release(Claim claim, Progress progress);

  /**
   * Moves the cursor, as part of the transaction of the effect. The claim's position must be the
   * recorded one.
   *
   * @throws Fenced when the claim no longer holds: the transaction must not commit
   */
  void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease);

  /** The recorded position; empty when the subscription is unknown. */
  OptionalLong position(String subscription);

  /**
   * The generation of the log's head under which a claim holds.
   *
   * @return empty when the claim no longer holds
   */
  OptionalLong generation(Claim claim);

  /**
   * Sets the cursor to another position and fences the process that runs the subscription. Events
   * after the position are handled again, also those that were handled locally. Until the
   * transaction ends, no segment of the log is dropped; then any process may claim the subscription
   * at once.
   *
   * @return false when there is no such subscription
   */
  boolean rewind(UnitOfWork tx, String subscription, long position);

  /** The claim no longer holds. */
  final class Fenced extends Bisection.Fatal {
    public Fenced(String subscription) {
      super("another process has taken over subscription " + subscription);
    }
  }
}
