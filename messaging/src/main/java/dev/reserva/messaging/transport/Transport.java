package dev.reserva.messaging.transport;

import dev.reserva.messaging.Subscription;

/**
 * Brings events to subscriptions: at least once, and in order among events of one key.
 *
 * <p>Every implementation passes {@code TransportContract}.
 */
public interface Transport {

  /** Begins to consume for a subscription that this process has claimed. */
  Consumer open(Subscription subscription, StartingPoint start);
}
