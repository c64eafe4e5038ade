package dev.reserva.operations.application;

import dev.reserva.contracts.OperationsEvent.AuditChange;
import dev.reserva.contracts.OperationsEvent.AuditEntry;
import dev.reserva.contracts.OperationsEvent.AuditRecorded;
import dev.reserva.messaging.PayloadCodec;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.AuditRecords.Chained;
import dev.reserva.operations.application.AuditRecords.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the commands about an order in the audit trail. */
public final class OrderCommands {

  private final AuditRecords records;
  private final PayloadCodec codec;
  private final Transactions transactions;

  public OrderCommands(AuditRecords records, PayloadCodec codec, Transactions transactions) {
    this.records = records;
    this.codec = codec;
    this.transactions = transactions;
  }

  /**
   * @param id of the record, and the number of the entry in it
   */
  public record Command(
      String id, Instant at, String actor, String action, String correlationId, Facts facts) {}

  /** What the trail tells of a command to those who work with orders; not the address. */
  public record Facts(
      String subject, String actorKind, List<String> roles, List<AuditChange> changes) {
    public Facts {
      roles = List.copyOf(roles);
      changes = List.copyOf(changes);
    }
  }

  /**
   * @param subjects ids that the commands name
   * @param limit most commands
   */
  public List<Command> about(Collection<String> subjects, int limit) {
    return transactions.snapshot(tx -> read(subjects, limit, tx));
  }

  private List<Command> read(Collection<String> subjects, int limit, UnitOfWork tx) {
    List<Command> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String subject : subjects) {
      var filter = new Filter(null, null, subject, null, null);
      for (Chained record : records.find(filter, Long.MAX_VALUE, limit, tx)) {
        for (Command command : commands(record, subject)) {
          if (found.size() < limit && seen.add(command.id())) {
            found.add(command);
          }
        }
      }
    }
    return found;
  }

  private List<Command> commands(Chained record, String subject) {
    AuditRecorded fact = codec.decode(record.record().data(), AuditRecorded.class);
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < fact.entries().size(); i++) {
      AuditEntry entry = fact.entries().get(i);
      if (subject.equals(entry.subject())) {
        commands.add(
            new Command(
                "%s.%d".formatted(record.record().eventId(), i),
                entry.at(),
                fact.actor(),
                fact.action(),
                entry.correlationId(),
                new Facts(subject, fact.actorKind(), fact.roles(), entry.changes())));
      }
    }
    return commands;
  }
}
