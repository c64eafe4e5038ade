package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the consuming side remembers about its subscriptions, in the consumer's own database: who
 * runs them, how far they are, and what is parked.
 *
 * <p>All that changes progress is fenced: it happens only while the claim still holds.
 */
public interface DeliveryStore {

  /**
   * The right to run a subscription.
   *
   * @param epoch the fence: it is raised by each take-over
   * @param position how far the subscription has come
   * @param parked whether anything is parked
   */
  record Claim(String subscription, long epoch, long position, boolean parked) {}

  /** What one transaction did to a subscription's progress. */
  record Progress(long position, int delivered, int handled) {}

  /**
   * Takes a subscription over if nobody's lease is running; makes it known at the log's start if it
   * is new.
   *
   * @return empty while another runner has it
   */
  Optional<Claim> claim(String subscription, UUID owner, Duration lease);

  /**
   * Lengthens the lease of an idle subscription and records how far it has come without anything to
   * handle.
   *
   * @return whether the claim still holds
   */
  boolean renew(Claim claim, long position, Duration lease);

  /** Gives the subscription up, so that another process may take it at once. */
  void release(Claim claim, long position);

  /**
   * Moves progress on, as part of the transaction of the effect. The claim's position must be the
   * one on record.
   *
   * @throws Fenced when the claim does not hold any more: the transaction must not commit
   */
  void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease);

  /**
   * Of the keys, those with parked events, and the position of the first of these; keeps operators
   * from unparking them until the transaction ends.
   */
  Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys);

  /**
   * Parks events behind others of their keys. What is parked already, since the subscription was
   * sent back, stays as it is.
   *
   * @return how many were not parked before
   */
  int parkBehind(UnitOfWork tx, String subscription, List<Message> messages);

  /**
   * Parks an event that failed, or records another failure of one that is parked already. Later
   * events of its key wait behind it from now on.
   */
  void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure);

  /**
   * What is to be tried now: the heads whose time has come with what waits behind them, up to the
   * key's first dead letter, oldest first.
   *
   * @return for each key a prefix of its chain
   */
  List<Parked> due(String subscription, int limit);

  /** When the next retry is due; empty when none is. */
  Optional<Duration> untilNextDue(String subscription);

  /** Takes events that were handled at last out of the park; what waited behind them is due now. */
  void unpark(UnitOfWork tx, String subscription, List<Parked> handled);

  /** How many wait, and how many of these are dead letters. */
  Counts counts(String subscription);

  /** How far a subscription has come by the record; empty when it is not known yet. */
  OptionalLong position(String subscription);

  /**
   * Sets progress to another position and fences out whoever runs it. Until the transaction ends,
   * nothing that the subscription would need is dropped from the log.
   *
   * @return false when there is no such subscription
   */
  boolean rewind(UnitOfWork tx, String subscription, long position);

  /**
   * @param attempts failures so far
   */
  record Parked(UUID id, Message message, int attempts) {}

  record Counts(long parked, long dead) {}

  /**
   * @param attempts failures including this one
   * @param retryIn pause before the next attempt; absent when it is given up
   */
  record Failure(
      int attempts, @Nullable Duration retryIn, String type, String message, String stackTrace) {}

  /** The claim does not hold any more. */
  final class Fenced extends RuntimeException {
    public Fenced(String subscription) {
      super("another runner has taken over subscription " + subscription);
    }
  }
}
