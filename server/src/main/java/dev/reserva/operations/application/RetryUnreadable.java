package dev.reserva.operations.application;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.DeadLetters.Violation;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.messaging.UnreadableMessages.Outcome;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import dev.reserva.operations.application.RecordedFacts.Claim;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Imports the event that an unreadable message was to be: as the message is, or as an administrator
 * has written it. What somebody has written is an event by hand: it states no fact that its service
 * has not stated ({@link RecordedFacts}), and stays on record with its author.
 */
public final class RetryUnreadable {

  /** Most events of the same type about the same entity that are compared with an edited one. */
  private static final int MAX_COMPARED = 1_000;

  private final UnreadableMessages messages;
  private final EventCatalogue catalogue;
  private final BiFunction<String, String, List<Violation>> schemas;
  private final EventLog log;
  private final RecordedFacts facts;
  private final ManualPublications publications;

  /**
   * @param schemas gives what is wrong with a payload, as JSON text, of a type of the catalogue
   */
  public RetryUnreadable(
      UnreadableMessages messages,
      EventCatalogue catalogue,
      BiFunction<String, String, List<Violation>> schemas,
      EventLog log,
      RecordedFacts facts,
      ManualPublications publications) {
    this.messages = messages;
    this.catalogue = catalogue;
    this.schemas = schemas;
    this.log = log;
    this.facts = facts;
    this.publications = publications;
  }

  /** What is to become of an edited message. */
  public sealed interface Verdict {

    /** It may be imported. */
    record Accepted(Event event) implements Verdict {}

    /** It is not what an event must be. */
    record Violated(List<Violation> violations) implements Verdict {}

    /** The log has an event with this id. */
    record Known(UUID eventId) implements Verdict {}

    /** Its service has not stated this fact, or not as the last one. */
    record Unstated(String type, UUID subject) implements Verdict {}
  }

  /**
   * Judges an edited message. Reads the log; to be called outside a transaction.
   *
   * @param edited an event with its envelope, as JSON text
   */
  public Verdict judge(String edited) {
    try {
      Event event = messages.read(Bytes.of(edited.getBytes(StandardCharsets.UTF_8)));
      List<Violation> violations = schemas.apply(event.type(), event.data());
      if (!violations.isEmpty()) {
        return new Verdict.Violated(
            violations.stream()
                .map(wrong -> new Violation("/data" + wrong.pointer(), wrong.message()))
                .toList());
      }
      Object _ = catalogue.payload(event);
      if (isKnown(event)) {
        return new Verdict.Known(event.id());
      }
      return facts.claimOf(event) == Claim.UNSTATED
          ? new Verdict.Unstated(event.type(), event.subject())
          : new Verdict.Accepted(event);
    } catch (Unprocessable e) {
      return new Verdict.Violated(List.of(new Violation("", String.valueOf(e.getMessage()))));
    }
  }

  private boolean isKnown(Event event) {
    Filter same = new Filter(event.subject(), event.key(), event.type(), null);
    return log.search(same, 0, MAX_COMPARED).entries().stream()
        .anyMatch(entry -> entry.event().id().equals(event.id()));
  }

  /**
   * @param edited null for the message as it is
   */
  public Outcome retry(UUID id, Verdict.@Nullable Accepted edited, String by, UnitOfWork tx) {
    Outcome outcome = messages.retry(id, edited == null ? null : edited.event(), by, tx);
    if (edited != null && outcome instanceof Outcome.Retried(Event event, boolean imported)) {
      if (imported) {
        publications.record(new ManualPublication(event.id(), by, tx.now(), false), tx);
      }
    }
    return outcome;
  }
}
