package dev.reserva.platform.events;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Tells which events somebody published by hand. Such an event repeats a fact or is a drill; it
 * never states a fact of its own.
 */
@FunctionalInterface
public interface ManualEvents {

  /** Those of the events that were published by hand. */
  Set<UUID> among(Collection<UUID> eventIds);
}
