package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Bisection;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.transport.LocalFlag;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Who runs each subscription and how far it has come, in the consumer's own database.
 *
 * <p>Everything that moves a cursor is fenced: it takes effect only while the claim holds. Whatever
 * changes who may handle a subscription's events (claim, release, take-over, rewind) also raises
 * the generation in the log's head, which fences local delivery.
 */
public interface Cursors {

  /**
   * The right to run a subscription.
   *
   * @param epoch the fence: each take-over raises it
   * @param position the recorded position
   * @param parked whether anything is parked
   * @param flag how events are recognised that were handled in their publishing transactions
   * @param generation of the log's head, as this claim has made it
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
   * Claims a subscription if no lease on it is running, and introduces it at the log's start if it
   * is new.
   *
   * @return empty while another process has it
   */
  Optional<Claim> claim(String subscription, UUID owner, Duration lease);

  /**
   * Extends the lease of an idle subscription, and records what it has passed over.
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
   * Sets the cursor to another position and fences whoever runs the subscription. Events that were
   * handled in their publishing transactions so far are handled again. Until the transaction ends,
   * nothing that the subscription needs is dropped from the log.
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
