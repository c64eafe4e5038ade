package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Which events were published by hand, when and by whom. */
public interface ManualPublications {

  void record(ManualPublication publication, UnitOfWork tx);

  /** Of the events, those that were published by hand. */
  Map<UUID, ManualPublication> of(Collection<UUID> eventIds, UnitOfWork tx);

  /**
   * @param unchecked whether the caller asked for no check against the schema
   */
  record ManualPublication(UUID eventId, String by, Instant at, boolean unchecked) {}
}
