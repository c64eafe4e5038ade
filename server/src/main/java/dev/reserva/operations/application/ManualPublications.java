package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The record of events that were published by hand. */
public interface ManualPublications {

  void record(ManualPublication publication, UnitOfWork tx);

  /** The publications of those events that were published by hand, by event id. */
  Map<UUID, ManualPublication> of(Collection<UUID> eventIds, UnitOfWork tx);

  /**
   * @param unchecked whether the payload was not checked against its schema
   */
  record ManualPublication(UUID eventId, String by, Instant at, boolean unchecked) {}
}
