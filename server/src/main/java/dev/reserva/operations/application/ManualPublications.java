package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The record of events that were published by hand. */
public interface ManualPublications {

  void record(ManualPublication publication, UnitOfWork tx);

  /**
   * The publications on record about the given events, by event id. One of another database is on
   * record there.
   */
  Map<UUID, ManualPublication> of(Collection<UUID> eventIds, UnitOfWork tx);

  /** Those of the given events that were published by hand, in whatever database. */
  Set<UUID> among(Collection<UUID> eventIds, UnitOfWork tx);

  /**
   * @param unchecked whether the payload was not checked against its schema
   */
  record ManualPublication(UUID eventId, String by, Instant at, boolean unchecked) {}
}
