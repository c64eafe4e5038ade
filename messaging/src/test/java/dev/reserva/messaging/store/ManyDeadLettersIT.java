package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.TestFacts;
import dev.reserva.postgres.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts the statements that retrying a thousand dead letters takes. */
class ManyDeadLettersIT {

  private static final int LETTERS = 1_000;

  private final HikariDataSource database = TestPostgres.freshDatabase();
  private final CountedStatements statements = new CountedStatements(database);
  private final EventCatalogue catalogue = TestFacts.catalogue();
  private final BackboneFixture fixture =
      BackboneFixture.on(
          statements.dataSource(),
          catalogue,
          TestFacts.announcer(),
          TestFacts.editPolicy(catalogue));
  private final BackboneFixture.Node node = fixture.node();

  @BeforeEach
  void park() {
    fixture.execute(
        "insert into messaging.subscription (name, position, delivered) values ('toy', 0, 1000)");
    fixture.execute(
        """
        insert into messaging.parked (id, subscription, position, status, attempts, event_id, type,
          subject, key, time, correlation_id, data, error_type, error_message, first_failed_at)
        select gen_random_uuid(), 'toy', n, 'DEAD', 4, gen_random_uuid(), '%s', gen_random_uuid(),
          gen_random_uuid(), now(), 'many', '{"key":"' || gen_random_uuid() || '","number":' || n || '}',
          'StatementFailed', 'a constraint', now()
        from generate_series(1, %d) n
        """
            .formatted(TestFacts.ADDED, LETTERS));
    fixture.execute(
        """
        insert into messaging.dead_letter (id, subscription, position, status, attempts, event_id,
          type, subject, key, time, correlation_id, data, error_type, error_message, stack_trace,
          first_failed_at, last_failed_at)
        select id, subscription, position, 'OPEN', attempts, event_id, type, subject, key, time,
          correlation_id, data, error_type, error_message, '', first_failed_at, now()
        from messaging.parked
        """);
  }

  @AfterEach
  void close() {
    fixture.close();
    database.close();
  }

  @Test
  void a_thousand_run_again_in_one_transaction_of_few_statements() {
    long before = statements.prepared();

    int retried = node.operators().retryAll(null, null, null, "ana", LETTERS);

    assertThat(retried).isEqualTo(LETTERS);
    // The tail's statements count too: it reads the log's end once a second.
    assertThat(statements.prepared() - before).isLessThan(LETTERS / 40);
    assertThat(fixture.number("select count(distinct xmin::text) from messaging.dead_letter"))
        .as("transactions")
        .isOne();
    assertThat(fixture.number("select count(*) from messaging.parked where status = 'RETRYING'"))
        .isEqualTo(LETTERS);
    assertThat(
            fixture.number(
                "select count(*) from messaging.dead_letter_action where kind = 'retried' and by = 'ana'"))
        .isEqualTo(LETTERS);
    assertThat(fixture.number("select count(*) from messaging.event"))
        .as("announced")
        .isEqualTo(LETTERS);
  }
}
