package dev.reserva.operations.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import java.time.Instant;
import java.util.UUID;

/**
 * Publishes an event that an administrator wrote, for drills and repairs, and records who did. The
 * caller has checked the payload, unless a drill needs an invalid one.
 */
public final class PublishByHand {

  private final Ids ids;
  private final ManualPublications publications;

  public PublishByHand(Ids ids, ManualPublications publications) {
    this.ids = ids;
    this.publications = publications;
  }

  /**
   * @param type name of a type in the catalogue
   * @param data the payload as JSON text
   * @param unchecked whether the payload was not checked
   */
  public record Draft(String type, UUID subject, UUID key, String data, boolean unchecked) {}

  public Event publish(Draft draft, String by, Cause cause, UnitOfWork tx) {
    Instant now = tx.now();
    Event event =
        new Event(
            ids.next(),
            draft.type(),
            draft.subject(),
            draft.key(),
            now,
            cause.correlationId(),
            cause.causationId(),
            cause.traceparent(),
            cause.tracestate(),
            draft.data());
    publications.record(new ManualPublication(event.id(), by, now, draft.unchecked()), tx);
    tx.publish(event);
    return event;
  }
}
