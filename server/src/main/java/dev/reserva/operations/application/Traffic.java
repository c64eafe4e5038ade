package dev.reserva.operations.application;

import java.util.UUID;

/** Tells which keys may have events in flight at the time of a snapshot. */
@FunctionalInterface
public interface Traffic {

  /** Whether an event of this key may not have taken effect in the snapshot. */
  boolean mayConcern(UUID key);
}
