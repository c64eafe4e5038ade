package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.operations.application.AuditRecords;
import dev.reserva.operations.domain.AuditLink;
import dev.reserva.operations.domain.AuditRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One row per record; a trigger refuses any change. */
public final class PostgresAuditRecords implements AuditRecords {

  private static final String SELECT_END =
      "select sequence, encode(hash, 'hex') as hash from operations.audit_end";

  private static final String LOCK_END = SELECT_END + " for update";

  private static final String SELECT_RECORDED =
      "select event_id from operations.audit_record where event_id = any(?)";

  // Arrays of arrays cannot be passed as one parameter, so subjects travel as lines.
  private static final String INSERT =
      """
      insert into operations.audit_record
        (sequence, event_id, recorded_at, actor, action, subjects, subject_buckets, data, hash)
      select sequence, event_id, recorded_at, actor, action,
        string_to_array(subjects, chr(10)), string_to_array(buckets, ',')::int[],
        data, decode(hash, 'hex')
      from unnest(?::bigint[], ?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::text[], ?::text[])
        as r (sequence, event_id, recorded_at, actor, action, subjects, buckets, data, hash)
      """;

  private static final String UPDATE_END =
      "update operations.audit_end set sequence = ?, hash = decode(?, 'hex')";

  private static final String SELECT =
      """
      select sequence, event_id, recorded_at, actor, action,
        array_to_string(subjects, chr(10)) as subjects, data, encode(hash, 'hex') as hash
      from operations.audit_record
      """;

  private static final String SELECT_FROM =
      SELECT + "where sequence >= ? order by sequence limit ?";

  /** The last code point, which no name of an action has. */
  private static final String BEYOND_EVERY_NAME = Character.toString(Character.MAX_CODE_POINT);

  private static final String NEWEST_FIRST = " order by sequence desc limit ?";

  @Override
  public AuditLink lockEnd(UnitOfWork tx) {
    return Statements.of(tx).query(LOCK_END, PostgresAuditRecords::link).getFirst();
  }

  @Override
  public AuditLink end(UnitOfWork snapshot) {
    return Statements.of(snapshot).query(SELECT_END, PostgresAuditRecords::link).getFirst();
  }

  @Override
  public Set<UUID> recorded(Collection<UUID> eventIds, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            SELECT_RECORDED,
            row -> Rows.uuid(row, "event_id"),
            (Object) eventIds.toArray(UUID[]::new))
        .stream()
        .collect(Collectors.toSet());
  }

  @Override
  public void append(List<Chained> records, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    statements.write(
        INSERT,
        Columns.longs(records, one -> one.link().sequence()),
        Columns.uuids(records, one -> one.record().eventId()),
        Columns.instants(records, one -> one.record().recordedAt()),
        Columns.texts(records, one -> one.record().actor()),
        Columns.texts(records, one -> one.record().action()),
        Columns.texts(records, one -> String.join("\n", one.record().subjects())),
        Columns.texts(records, one -> SubjectBuckets.of(one.record().subjects())),
        Columns.texts(records, one -> one.record().data()),
        Columns.texts(records, one -> one.link().hash()));
    AuditLink end = records.getLast().link();
    statements.write(UPDATE_END, end.sequence(), end.hash());
  }

  @Override
  public List<Chained> from(long sequence, int limit, UnitOfWork snapshot) {
    return Statements.of(snapshot)
        .query(SELECT_FROM, PostgresAuditRecords::chained, sequence, limit);
  }

  @Override
  public List<Chained> find(Filter filter, long upTo, int limit, UnitOfWork snapshot) {
    Conditions conditions =
        new Conditions()
            .and("sequence <= ?", upTo)
            .andIfPresent("actor = ?", filter.actor())
            .andIfPresent("recorded_at >= ?", filter.from())
            .andIfPresent("recorded_at < ?", filter.to());
    String action = filter.action();
    if (action != null && action.endsWith("*")) {
      String prefix = action.substring(0, action.length() - 1);
      conditions.and(
          "action collate \"C\" >= ? and action collate \"C\" < ?",
          prefix,
          prefix + BEYOND_EVERY_NAME);
    } else if (action != null) {
      conditions.and("action collate \"C\" = ?", action);
    }
    String subject = filter.subject();
    if (subject != null) {
      conditions.and(
          "subject_buckets @> array[?::int] and subjects @> array[?::text]",
          SubjectBuckets.of(subject),
          subject);
    }
    return Statements.of(snapshot)
        .query(
            SELECT + conditions.where() + NEWEST_FIRST,
            PostgresAuditRecords::chained,
            conditions.values(limit));
  }

  private static AuditLink link(ResultSet row) throws SQLException {
    return new AuditLink(row.getLong("sequence"), row.getString("hash"));
  }

  private static Chained chained(ResultSet row) throws SQLException {
    String subjects = row.getString("subjects");
    return new Chained(
        link(row),
        new AuditRecord(
            Rows.uuid(row, "event_id"),
            Rows.instant(row, "recorded_at"),
            row.getString("actor"),
            row.getString("action"),
            subjects.isEmpty() ? List.of() : List.of(subjects.split("\n", -1)),
            row.getString("data")));
  }
}
