package dev.reserva.operations.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters.Violation;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventType;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.ManualIds;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import dev.reserva.operations.application.RecordedFacts.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Publishes an event that an administrator wrote, for drills and repairs, and records who did. Its
 * id tells every database that it was published by hand ({@link ManualIds}). The event states no
 * fact that its service has not stated: {@link RecordedFacts}.
 */
public final class PublishByHand {

  private final Ids ids;
  private final EventCatalogue catalogue;
  private final BiFunction<String, String, List<Violation>> schemas;
  private final RecordedFacts facts;
  private final ManualPublications publications;

  /**
   * @param schemas gives what is wrong with a payload, as JSON text, of a type of the catalogue
   */
  public PublishByHand(
      Ids ids,
      EventCatalogue catalogue,
      BiFunction<String, String, List<Violation>> schemas,
      RecordedFacts facts,
      ManualPublications publications) {
    this.ids = ids;
    this.catalogue = catalogue;
    this.schemas = schemas;
    this.facts = facts;
    this.publications = publications;
  }

  /**
   * @param type name of a type in the catalogue
   * @param key absent for the one that the payload names
   * @param data the payload as JSON text
   * @param unchecked whether the payload need not be what its type says
   */
  public record Draft(
      String type, UUID subject, @Nullable UUID key, String data, boolean unchecked) {}

  /** What is to become of a draft. */
  public sealed interface Verdict {

    /** It may be published. */
    record Accepted(Draft draft, UUID key) implements Verdict {}

    /** The catalogue has no such type. */
    record UnknownType(String type) implements Verdict {}

    /** Neither the draft nor its payload names the key. */
    record NoKey(String type) implements Verdict {}

    /** The payload is not what its type says. */
    record Violated(List<Violation> violations) implements Verdict {}

    /** Its service has not stated this fact, or not as the last one. */
    record Unstated(String type, UUID subject) implements Verdict {}
  }

  /** Reads the log; to be called outside a transaction. */
  public Verdict judge(Draft draft) {
    Optional<EventType<?>> type = catalogue.find(draft.type());
    if (type.isEmpty()) {
      return new Verdict.UnknownType(draft.type());
    }
    List<Violation> violations =
        draft.unchecked() ? List.of() : schemas.apply(draft.type(), draft.data());
    if (!violations.isEmpty()) {
      return new Verdict.Violated(violations);
    }
    UUID key = draft.key() == null ? keyOf(type.get(), draft) : draft.key();
    if (key == null) {
      return new Verdict.NoKey(draft.type());
    }
    Event event = event(draft, key, Instant.EPOCH, Cause.of("by hand"));
    if (!draft.unchecked()) {
      try {
        Object _ = catalogue.payload(event);
      } catch (Unprocessable e) {
        return new Verdict.Violated(List.of(new Violation("", String.valueOf(e.getMessage()))));
      }
    }
    return facts.claimOf(event) == Claim.UNSTATED
        ? new Verdict.Unstated(draft.type(), draft.subject())
        : new Verdict.Accepted(draft, key);
  }

  public Event publish(Verdict.Accepted accepted, String by, Cause cause, UnitOfWork tx) {
    Instant now = tx.now();
    Event event = event(accepted.draft(), accepted.key(), now, cause);
    publications.record(
        new ManualPublication(event.id(), by, now, accepted.draft().unchecked()), tx);
    tx.publish(event);
    return event;
  }

  private Event event(Draft draft, UUID key, Instant time, Cause cause) {
    return new Event(
        ManualIds.mark(ids.next()),
        draft.type(),
        draft.subject(),
        key,
        time,
        cause.correlationId(),
        cause.causationId(),
        cause.traceparent(),
        cause.tracestate(),
        draft.data());
  }

  /** The key that the payload names, or the subject for types that are keyed by it. */
  private <T> @Nullable UUID keyOf(EventType<T> type, Draft draft) {
    UUID subject = type.key().equals(type.subject()) ? draft.subject() : null;
    try {
      UUID named = type.key().apply(catalogue.codec().decode(draft.data(), type.payload()));
      return named == null ? subject : named;
    } catch (Unprocessable unreadable) {
      return subject;
    }
  }
}
