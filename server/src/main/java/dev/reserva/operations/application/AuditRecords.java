package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.domain.AuditLink;
import dev.reserva.operations.domain.AuditRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The kept audit records. They are appended and never changed. */
public interface AuditRecords {

  /** A record with its place in the chain. */
  record Chained(AuditLink link, AuditRecord record) {}

  /** The end of the chain, locked until the transaction ends. */
  AuditLink lockEnd(UnitOfWork tx);

  /** The end of the chain. */
  AuditLink end(UnitOfWork snapshot);

  /** Those of the events that are on record. */
  Set<UUID> recorded(Collection<UUID> eventIds, UnitOfWork tx);

  /**
   * @param records at least one, in the order of the chain, from its locked end on
   */
  void append(List<Chained> records, UnitOfWork tx);

  /** Records in the order of the chain, from a sequence number on. */
  List<Chained> from(long sequence, int limit, UnitOfWork snapshot);

  /**
   * Records newest first.
   *
   * @param upTo highest sequence number
   */
  List<Chained> find(Filter filter, long upTo, int limit, UnitOfWork snapshot);

  /**
   * What a search asks for; null is everything.
   *
   * @param action a whole name, or the beginning of names if it ends in {@code *}
   * @param from recorded then or later
   * @param to recorded earlier
   */
  record Filter(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String subject,
      @Nullable Instant from,
      @Nullable Instant to) {}
}
