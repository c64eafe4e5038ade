package dev.reserva.platform.events;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the events that were published by hand. Such an event repeats a fact or is a drill. It
 * never states a new fact.
 */
@FunctionalInterface
public interface ManualEvents {

  /** The given events that were published by hand. */
  Set<UUID> among(Collection<UUID> eventIds);
}
