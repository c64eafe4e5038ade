package dev.reserva.operations.adapters.messaging;

import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.OperationsEvent.AuditEntry;
import dev.reserva.contracts.OperationsEvent.AuditRecorded;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.operations.application.KeepAuditRecords;
import dev.reserva.operations.application.ManualPublications;
import dev.reserva.operations.domain.AuditRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what is to be kept on record to {@link KeepAuditRecords}. An event by hand never is, so
 * that nobody can write a record of what did not happen. One that cannot be decoded, which is a
 * drill by hand as well, is logged and left out.
 */
public final class AuditEvents implements Subscription.Handler {

  public static final Set<String> TYPES = Set.of(Contracts.AUDIT_RECORDED);

  private static final Logger LOG = LoggerFactory.getLogger(AuditEvents.class);

  private final KeepAuditRecords keepAuditRecords;
  private final ManualPublications publications;

  public AuditEvents(KeepAuditRecords keepAuditRecords, ManualPublications publications) {
    this.keepAuditRecords = keepAuditRecords;
    this.publications = publications;
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    Map<UUID, AuditRecord> records = new LinkedHashMap<>();
    Set<UUID> manual =
        publications.among(batch.stream().map(message -> message.event().id()).toList(), tx);
    for (Message message : batch) {
      Event event = message.event();
      if (manual.contains(event.id())) {
        continue;
      }
      try {
        records.putIfAbsent(event.id(), record(event, message.payload(AuditRecorded.class)));
      } catch (Unprocessable e) {
        LOG.warn(
            "audit event cannot be decoded and is not kept: event={} position={} error={}",
            event.id(),
            message.position(),
            e.getMessage());
      }
    }
    if (!records.isEmpty()) {
      keepAuditRecords.keep(List.copyOf(records.values()), tx);
    }
  }

  private static AuditRecord record(Event event, AuditRecorded fact) {
    return new AuditRecord(
        event.id(),
        event.time(),
        fact.actor(),
        fact.action(),
        fact.entries().stream()
            .map(AuditEntry::subject)
            .filter(Objects::nonNull)
            .distinct()
            .toList(),
        event.data());
  }
}
