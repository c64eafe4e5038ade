package dev.reserva.notifications.application;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an order, for facts that do not name it completely.
 *
 * @param customerId absent if the order is known only by an event that does not name it
 * @param number by which people name the order; absent for orders that have none
 * @param step the furthest {@linkplain dev.reserva.notifications.domain.Fact#step step} of which a
 *     message is made; 0 for none
 */
public record KnownOrder(UUID id, @Nullable UUID customerId, @Nullable String number, int step) {

  /** An order of which no message is made yet. */
  public KnownOrder(UUID id, @Nullable UUID customerId, @Nullable String number) {
    this(id, customerId, number, 0);
  }

  /** What both tell of the same order. */
  KnownOrder and(KnownOrder other) {
    return new KnownOrder(
        id,
        customerId == null ? other.customerId : customerId,
        number == null ? other.number : number,
        Math.max(step, other.step));
  }
}
