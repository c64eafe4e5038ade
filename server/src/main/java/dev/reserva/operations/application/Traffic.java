package dev.reserva.operations.application;

import java.util.UUID;

/** Which orders have events under way, judged for one snapshot. */
@FunctionalInterface
public interface Traffic {

  /** Whether the snapshot may have been taken before every event of this key had its effect. */
  boolean mayConcern(UUID key);
}
