package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.DeadLetters.Detail;
import dev.reserva.messaging.ParkedEvents;
import dev.reserva.messaging.ParkedEvents.Failure;
import dev.reserva.messaging.ParkedEvents.Parked;
import dev.reserva.messaging.ParkedEvents.State;
import dev.reserva.messaging.TestFacts;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading what waits, by key. */
class ParkedEventsIT {

  private static final UUID FIRST = UUID.fromString("01950000-0000-7000-8000-000000000001");
  private static final UUID SECOND = UUID.fromString("01950000-0000-7000-8000-000000000002");

  /** A v4 id, which Java's own comparison takes for a negative number. */
  private static final UUID HIGHEST = UUID.fromString("f1950000-0000-4000-8000-000000000003");

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node node = fixture.node();
  private final ParkedEvents parked = new PostgresParkedEvents();

  @BeforeEach
  void park() {
    fixture.execute(
        "insert into messaging.subscription (name, position) values ('mail', 9), ('toy', 9)");
    park("toy", 3, "DEAD", FIRST);
    park("toy", 4, "WAITING", FIRST);
    park("toy", 5, "RETRYING", SECOND);
    park("mail", 3, "RETRYING", FIRST);
    park("mail", 6, "DEAD", HIGHEST);
    fixture.execute(
        """
        insert into messaging.dead_letter (id, subscription, position, status, attempts, event_id,
          type, subject, key, time, correlation_id, data, error_type, error_message, stack_trace,
          first_failed_at, last_failed_at, closed_at)
        select id, subscription, position, 'OPEN', attempts, event_id, type, subject, key, time,
          correlation_id, data, error_type, error_message, '', first_failed_at, now(), null
        from messaging.parked where status = 'DEAD'
        union all
        select gen_random_uuid(), 'toy', 1, 'DISCARDED', 4, gen_random_uuid(), type, subject, key, time,
          correlation_id, data, error_type, error_message, '', first_failed_at, now(), now()
        from messaging.parked where position = 3 and subscription = 'toy'
        """);
    fixture.execute(
        """
        insert into messaging.dead_letter_action (dead_letter_id, kind, by, reason)
        select id, 'discarded', 'ana', 'a drill' from messaging.dead_letter where status = 'DISCARDED'
        """);
  }

  private void park(String subscription, int position, String status, UUID key) {
    fixture.execute(
        """
        insert into messaging.parked (id, subscription, position, status, attempts, due_at, event_id,
          type, subject, key, time, correlation_id, data, error_type, error_message, first_failed_at)
        select gen_random_uuid(), '%1$s', %2$d, '%3$s', case '%3$s' when 'WAITING' then 0 else 2 end,
          case '%3$s' when 'RETRYING' then now() end, gen_random_uuid(), '%4$s', '%5$s', '%5$s', now(),
          'parked', '{}', nullif('StatementFailed', case '%3$s' when 'WAITING' then 'StatementFailed' end),
          'a constraint', case '%3$s' when 'WAITING' then null else now() end
        """
            .formatted(subscription, position, status, TestFacts.ADDED, key));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> heads(@Nullable UUID before, int limit) {
    return node.transactions().snapshot(tx -> parked.heads(before, limit, tx)).stream()
        .map(head -> "%s %d %s".formatted(head.subscription(), head.position(), head.state()))
        .toList();
  }

  @Test
  void heads_are_what_keys_wait_for_the_highest_key_first() {
    assertThat(heads(null, 10))
        .containsExactly("mail 6 DEAD", "toy 5 RETRYING", "mail 3 RETRYING", "toy 3 DEAD");
    assertThat(heads(null, 2)).containsExactly("mail 6 DEAD", "toy 5 RETRYING");
    assertThat(heads(HIGHEST, 10))
        .containsExactly("toy 5 RETRYING", "mail 3 RETRYING", "toy 3 DEAD");
    assertThat(heads(SECOND, 10)).containsExactly("mail 3 RETRYING", "toy 3 DEAD");
    assertThat(heads(FIRST, 10)).isEmpty();
  }

  @Test
  void all_that_waits_of_a_key_is_found_with_its_last_failure() {
    List<Parked> found = node.transactions().snapshot(tx -> parked.ofKey(FIRST, 10, tx));

    assertThat(found)
        .extracting(Parked::state)
        .containsExactly(State.RETRYING, State.DEAD, State.WAITING);
    assertThat(found.getFirst().dueAt()).isNotNull();
    assertThat(Objects.requireNonNull(found.getFirst().error()))
        .extracting(Failure::type, Failure::message)
        .containsExactly("StatementFailed", "a constraint");
    assertThat(found.getLast().error()).isNull();
    assertThat(found).allSatisfy(it -> assertThat(it.event().key()).isEqualTo(FIRST));
    assertThat(node.transactions().<List<Parked>>snapshot(tx -> parked.ofKey(FIRST, 1, tx)))
        .hasSize(1);
  }

  @Test
  void the_dead_letters_of_a_key_are_found_open_or_not() {
    List<Detail> found = node.transactions().snapshot(tx -> parked.deadLettersOfKey(FIRST, 10, tx));

    assertThat(found).extracting(Detail::status).containsExactlyInAnyOrder("OPEN", "DISCARDED");
    assertThat(found)
        .flatExtracting(Detail::actions)
        .extracting(Action::kind, Action::by, Action::reason)
        .containsExactly(tuple("discarded", "ana", "a drill"));
  }

  @Test
  void no_statement_reads_the_whole_table() {
    fixture.execute(
        """
        insert into messaging.parked (id, subscription, position, status, attempts, event_id, type,
          subject, key, time, correlation_id, data)
        select gen_random_uuid(), 'toy', 100 + n, 'DEAD', 4, gen_random_uuid(), 'x', gen_random_uuid(),
          gen_random_uuid(), now(), 'many', '{}' from generate_series(1, 5000) n
        """);
    fixture.execute(
        """
        insert into messaging.dead_letter (id, subscription, position, status, attempts, event_id,
          type, subject, key, time, correlation_id, data, error_type, error_message, stack_trace,
          first_failed_at, last_failed_at)
        select id, subscription, position, 'OPEN', attempts, event_id, type, subject, key, time,
          correlation_id, data, 'x', 'x', '', now(), now()
        from messaging.parked where correlation_id = 'many'
        """);
    fixture.execute("analyze messaging.parked, messaging.dead_letter");

    assertThat(plan(PostgresParkedEvents.SELECT_HEADS, "'" + SECOND + "'", "10", "10"))
        .contains("parked_chain")
        .doesNotContain("Seq Scan on parked");
    assertThat(plan(PostgresParkedEvents.SELECT_OF_KEY, "'" + SECOND + "'", "10"))
        .contains("parked_chain")
        .doesNotContain("Seq Scan on parked");
    assertThat(plan(PostgresParkedEvents.SELECT_DEAD_LETTERS, "'" + SECOND + "'", "10"))
        .contains("dead_letter_of_key")
        .doesNotContain("Seq Scan");
  }

  private String plan(String sql, String... values) {
    String statement = sql;
    for (String value : values) {
      statement = statement.replaceFirst("[?]", value);
    }
    String explained = "explain " + statement;
    return node.transactions()
        .snapshot(tx ->
            String.join("\n", Sql.query(Sql.connection(tx), explained, row -> row.getString(1))));
  }
}
