package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events that failed, and later events of their keys, in the consumer's own database. */
public interface Parking {

  /**
   * The first parked position of each of these keys; keys with nothing parked are left out. Until
   * the transaction ends, operators cannot unpark them.
   */
  Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys);

  /**
   * Parks events behind others of their keys. An event that is parked already stays as it is; a
   * replay can deliver it again.
   *
   * @return how many were not parked before
   */
  int parkBehind(UnitOfWork tx, String subscription, List<Message> messages);

  /**
   * Parks an event that failed, or records another failure of a parked one. Later events of its key
   * wait behind it from now on.
   */
  void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure);

  /**
   * The events to retry now: heads that are due, with the events that wait behind them up to the
   * key's first dead letter, oldest first.
   *
   * @return for each key a prefix of its chain
   */
  List<Parked> due(String subscription, int limit);

  /** Time until the next retry is due; empty when none is scheduled. */
  Optional<Duration> untilNextDue(String subscription);

  /** Removes events that were handled at last; the next event of each of their keys is due now. */
  void unpark(UnitOfWork tx, String subscription, List<Parked> handled);

  /** How many events are parked, and how many of them are dead letters. */
  Counts counts(String subscription);

  /**
   * Keys with parked events.
   *
   * @return empty when there are more than the limit
   */
  Optional<Set<UUID>> parkedKeys(String subscription, int limit);

  /**
   * @param attempts failures so far
   */
  record Parked(UUID id, Message message, int attempts) {}

  record Counts(long parked, long dead) {}

  /**
   * @param attempts failures including this one
   * @param retryIn pause before the next attempt; absent when the event is given up
   */
  record Failure(
      int attempts, @Nullable Duration retryIn, String type, String message, String stackTrace) {}
}
