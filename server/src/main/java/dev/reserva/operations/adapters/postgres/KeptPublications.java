package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.ManualPublications;
import dev.reserva.platform.events.EventsByHand;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The platform's record of events by hand, as operations uses it. */
public final class KeptPublications implements ManualPublications {

  private final EventsByHand events;

  public KeptPublications(EventsByHand events) {
    this.events = events;
  }

  @Override
  public void record(ManualPublication publication, UnitOfWork tx) {
    events.record(
        new EventsByHand.Publication(
            publication.eventId(), publication.by(), publication.at(), publication.unchecked()),
        tx);
  }

  @Override
  public Map<UUID, ManualPublication> of(Collection<UUID> eventIds, UnitOfWork tx) {
    return events.recorded(eventIds, tx).values().stream()
        .map(kept -> new ManualPublication(kept.eventId(), kept.by(), kept.at(), kept.unchecked()))
        .collect(Collectors.toMap(ManualPublication::eventId, kept -> kept));
  }

  @Override
  public Set<UUID> among(Collection<UUID> eventIds, UnitOfWork tx) {
    return events.among(eventIds, tx);
  }
}
