package dev.reserva.operations.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What one actor did, as it is kept.
 *
 * @param eventId of the event that reported it
 * @param recordedAt when that event was published
 * @param subjects what it was done to, for the search; each once, without line feeds
 * @param data the event's payload, word for word
 */
public record AuditRecord(
    UUID eventId,
    Instant recordedAt,
    String actor,
    String action,
    List<String> subjects,
    String data) {

  public AuditRecord {
    subjects = List.copyOf(subjects);
  }
}
