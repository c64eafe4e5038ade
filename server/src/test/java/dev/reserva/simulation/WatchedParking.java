package dev.reserva.simulation;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Parking;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Counts what is parked; a planted bug changes what parking does. */
class WatchedParking implements Parking {

  private final Parking parking;
  private final Tally tally;

  WatchedParking(Parking parking, Tally tally) {
    this.parking = parking;
    this.tally = tally;
  }

  @Override
  public Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys) {
    return parking.parkedHeads(tx, subscription, keys);
  }

  @Override
  public int parkBehind(UnitOfWork tx, String subscription, List<Message> messages) {
    tally.count(Happening.PARKED_BEHIND);
    return parking.parkBehind(tx, subscription, messages);
  }

  @Override
  public void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure) {
    parking.parkFailed(tx, subscription, message, failure);
  }

  @Override
  public List<Parked> due(String subscription, int limit) {
    return parking.due(subscription, limit);
  }

  @Override
  public Optional<Duration> untilNextDue(String subscription) {
    return parking.untilNextDue(subscription);
  }

  @Override
  public void unpark(UnitOfWork tx, String subscription, List<Parked> handled) {
    parking.unpark(tx, subscription, handled);
  }

  @Override
  public Counts counts(String subscription) {
    return parking.counts(subscription);
  }

  @Override
  public Optional<Set<UUID>> parkedKeys(String subscription, int limit) {
    return parking.parkedKeys(subscription, limit);
  }
}
