package dev.reserva.simulation;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.DeliveryStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Counts what the store does; a planted bug changes what it does. */
class WatchedStore implements DeliveryStore {

  private final DeliveryStore store;
  private final Tally tally;

  WatchedStore(DeliveryStore store, Tally tally) {
    this.store = store;
    this.tally = tally;
  }

  @Override
  public Optional<Claim> claim(String subscription, UUID owner, Duration lease) {
    return store.claim(subscription, owner, lease);
  }

  @Override
  public boolean renew(Claim claim, long position, Duration lease) {
    boolean holds = store.renew(claim, position, lease);
    if (!holds) {
      tally.count(Happening.FENCED);
    }
    return holds;
  }

  @Override
  public void release(Claim claim, long position) {
    store.release(claim, position);
  }

  @Override
  public void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease) {
    try {
      store.advance(tx, claim, progress, lease);
    } catch (Fenced e) {
      tally.count(Happening.FENCED);
      throw e;
    }
  }

  @Override
  public Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys) {
    return store.parkedHeads(tx, subscription, keys);
  }

  @Override
  public int parkBehind(UnitOfWork tx, String subscription, List<Message> messages) {
    tally.count(Happening.PARKED_BEHIND);
    return store.parkBehind(tx, subscription, messages);
  }

  @Override
  public void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure) {
    store.parkFailed(tx, subscription, message, failure);
  }

  @Override
  public List<Parked> due(String subscription, int limit) {
    return store.due(subscription, limit);
  }

  @Override
  public Optional<Duration> untilNextDue(String subscription) {
    return store.untilNextDue(subscription);
  }

  @Override
  public void unpark(UnitOfWork tx, String subscription, List<Parked> handled) {
    store.unpark(tx, subscription, handled);
  }

  @Override
  public Counts counts(String subscription) {
    return store.counts(subscription);
  }

  @Override
  public OptionalLong position(String subscription) {
    return store.position(subscription);
  }

  @Override
  public boolean rewind(UnitOfWork tx, String subscription, long position) {
    return store.rewind(tx, subscription, position);
  }
}
