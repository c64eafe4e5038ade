package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.TestFacts;
import dev.reserva.postgres.TestPostgres;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests the migration of a log with one row for each event to one with batches. */
class EventBatchMigrationIT {

  private static final String EVENTS =
      """
      insert into messaging.event (segment, position, id, type, subject, key, time, correlation_id, causation_id, traceparent, tracestate,
        data, handled_by)
      select case when n <= 10 then 1 else 2 end, n, ('00000000-0000-0000-0001-' || lpad(n::text, 12, '0'))::uuid, 'toy.item.added',
        ('00000000-0000-0000-0002-' || lpad((n % 3)::text, 12, '0'))::uuid, ('00000000-0000-0000-0002-' || lpad('0', 12, '0'))::uuid,
        '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 microsecond', 'c' || n,
        case when n > 1 then ('00000000-0000-0000-0001-' || lpad((n - 1)::text, 12, '0'))::uuid end,
        case when n > 1 then 'trace' end, case when n > 2 then 'state' end, '{"n":' || n || '}', nullif(n % 4, 0)
      from generate_series(1, 20) n
      """;

  private static final String OLD_TABLES =
      "select relname from pg_class where relname ~ '^event_[0-9]+$'";

  /** The columns of an event that a reader sees, in order of position. */
  private static String all(String table) {
    return """
    select md5(string_agg(concat_ws('|', segment, position, id, type, subject, key, time, correlation_id, coalesce(causation_id::text, '-'),
      coalesce(traceparent, '-'), coalesce(tracestate, '-'), data, coalesce(handled_by, -1)), ';' order by position))::uuid from
    """
        + table;
  }

  @Test
  void the_migration_keeps_every_event_and_removes_what_is_not_part_of_the_log() {
    try (HikariDataSource database = TestPostgres.freshDatabase()) {
      BackboneFixture.migrate(database, 4);
      Sql.alone(
          database,
          connection -> {
            Sql.query(connection, "select messaging.open_segment(2, 11)", row -> true);
            Sql.query(connection, "select messaging.open_segment(3, 21)", row -> true);
            Sql.execute(connection, "delete from messaging.log_segment where segment = 3");
            Sql.execute(
                connection, "alter table messaging.event detach partition messaging.event_3");
            Sql.execute(connection, EVENTS);
            return Sql.update(
                connection, "update messaging.log_head set position = 20, segment = 2");
          });
      UUID before = digest(database, "messaging.event");

      BackboneFixture.migrateFrom(database, 4);

      assertThat(digest(database, "messaging.event")).isEqualTo(before);
      List<String> left =
          Sql.alone(
              database,
              connection ->
                  Sql.query(connection, OLD_TABLES, row -> EventColumns.text(row, "relname")));
      assertThat(left).isEmpty();
      EventLog log = new PostgresEventLog(database);
      assertThat(log.search(EventLog.Filter.ANY, 0, 100).entries()).hasSize(20);
      assertThat(new LogRows(database, TestFacts.catalogue()).after(8, 5))
          .extracting(LogEntry::position)
          .containsExactly(9L, 10L, 11L, 12L, 13L);
    }
  }

  private static UUID digest(HikariDataSource database, String table) {
    return Sql.alone(
            database,
            connection -> Sql.query(connection, all(table), row -> EventColumns.uuid(row, "md5")))
        .getFirst();
  }
}
