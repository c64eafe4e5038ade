package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.sql.Statements;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PostgresStatementsIT {

  private static final String ADD = "insert into shelf (id, n) values (?, ?)";
  private static final String ALL = "select n from shelf order by id";

  private final BackboneFixture fixture = BackboneFixture.start();
  private final Transactions transactions = fixture.node().transactions();

  @BeforeEach
  void make_a_table() {
    fixture.execute("create table shelf (id integer primary key, n integer not null)");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static List<Integer> all(UnitOfWork tx) {
    return Statements.of(tx).query(ALL, row -> row.getInt("n"));
  }

  @Test
  void writes_take_effect_in_their_order_and_before_what_is_read_next() {
    transactions.run(tx -> {
      Statements statements = Statements.of(tx);
      statements.write(ADD, 1, 10);
      statements.write("update shelf set n = n + ? where id = ?", 5, 1);
      assertThat(all(tx)).containsExactly(15);
      statements.write(ADD, 2, 20);
      assertThat(statements.update("update shelf set n = n * 2")).isEqualTo(2);
      statements.write("delete from shelf where n = ?", 30);
    });
    assertThat(transactions.call(PostgresStatementsIT::all)).containsExactly(40);
  }

  @Test
  void a_deferred_read_runs_with_the_next_statement_or_when_its_result_is_used() {
    transactions.run(tx -> {
      Statements statements = Statements.of(tx);
      statements.write(ADD, 1, 10);
      Supplier<List<Integer>> one = statements.ask(ALL, row -> row.getInt("n"));
      statements.write(ADD, 2, 20);
      Supplier<List<Integer>> two = statements.ask(ALL, row -> row.getInt("n"));
      assertThat(two.get()).containsExactly(10, 20);
      assertThat(one.get()).as("as it was when it was asked").containsExactly(10);
      statements.write("delete from shelf where id = ?", 1);
      assertThat(one.get()).as("read once").containsExactly(10);
      assertThat(all(tx)).containsExactly(20);
    });
  }

  @Test
  void a_failing_read_whose_result_is_unused_fails_the_transaction() {
    assertThatThrownBy(() ->
            transactions.run(tx -> {
              Statements.of(tx).write(ADD, 1, 10);
              Statements.of(tx).ask("select 1 / 0 as n", row -> row.getInt("n"));
            }))
        .isInstanceOfSatisfying(
            SqlFailure.class, failure -> assertThat(failure.is("22012")).isTrue());
    assertThat(transactions.call(PostgresStatementsIT::all)).isEmpty();
  }

  @Test
  void deferred_writes_are_done_before_the_connection_is_handed_out() {
    transactions.run(tx -> {
      Statements.of(tx).write(ADD, 1, 10);
      Connection connection = tx.resource(Connection.class);
      assertThat(Sql.query(connection, ALL, row -> row.getInt("n"))).containsExactly(10);
    });
  }

  @Test
  void more_writes_than_fit_one_round_trip_all_arrive() {
    transactions.run(tx -> {
      for (int i = 1; i <= 100; i++) {
        Statements.of(tx).write(ADD, i, i);
      }
    });
    assertThat(transactions.call(PostgresStatementsIT::all)).hasSize(100);
  }

  @Test
  void each_write_gets_its_own_row_count_and_may_fail_the_transaction() {
    List<Integer> counts = new ArrayList<>();
    assertThatThrownBy(() ->
            transactions.run(tx -> {
              Statements statements = Statements.of(tx);
              statements.write(counts::add, ADD, 1, 10);
              statements.write(counts::add, ADD, 2, 20);
              statements.write(counts::add, "update shelf set n = n + 1");
              statements.write(
                  count -> {
                    throw new IllegalStateException("wrote " + count);
                  },
                  "update shelf set n = 0 where id = ?",
                  3);
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("wrote 0");
    assertThat(counts).containsExactly(1, 1, 2);
    assertThat(transactions.call(PostgresStatementsIT::all)).isEmpty();
  }

  @Test
  void a_failed_write_undoes_the_writes_of_its_round_trip() {
    assertThatThrownBy(() ->
            transactions.run(tx -> {
              Statements.of(tx).write(ADD, 1, 10);
              Statements.of(tx).write(ADD, 1, 11);
              Statements.of(tx).write(ADD, 2, 20);
            }))
        .isInstanceOfSatisfying(
            SqlFailure.class, failure -> assertThat(failure.is("23505")).isTrue());
    assertThat(transactions.call(PostgresStatementsIT::all)).isEmpty();
  }

  @Test
  void the_clock_that_comes_with_a_lock_is_read_after_the_lock_is_held() throws Exception {
    transactions.run(tx -> Statements.of(tx).write(ADD, 1, 10));
    CountDownLatch locked = new CountDownLatch(1);
    CompletableFuture<Instant> letGo = new CompletableFuture<>();
    Thread holder =
        Thread.ofPlatform()
            .start(() ->
                transactions.run(tx -> {
                  Statements.of(tx).update("update shelf set n = 11 where id = 1");
                  locked.countDown();
                  awaitWaiter(tx);
                  letGo.complete(tx.now());
                }));
    locked.await();
    Instant read =
        transactions.call(tx -> {
          assertThat(
                  Statements.of(tx)
                      .queryAndClock(
                          "select n from shelf where id = ? for update", row -> row.getInt("n"), 1))
              .containsExactly(11);
          return tx.now();
        });
    holder.join();
    assertThat(read).isAfter(letGo.join());
  }

  /** Waits until another session waits for a lock, according to {@code pg_locks}. */
  private static void awaitWaiter(UnitOfWork tx) {
    while (Statements.of(tx)
        .query(
            "select count(*) from pg_locks l join pg_database d on d.datname = current_database()"
                + " where not l.granted",
            row -> row.getLong(1))
        .getFirst()
        .equals(0L)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void the_clock_is_read_again_after_any_statement() {
    transactions.run(tx -> {
      Statements.of(tx).queryAndClock(ALL, row -> row.getInt("n"));
      Instant first = tx.now();
      assertThat(tx.now()).isEqualTo(first);
      Statements.of(tx).write(ADD, 1, 10);
      assertThat(tx.now()).isAfter(first);
    });
  }

  @Test
  void arrays_arrive_as_they_are() {
    UUID id = new UUID(0x0123456789abcdefL, 0xfedcba9876543210L);
    arrives("uuid", new UUID[] {id, null, new UUID(0, 0)}, row -> Rows.uuidOrNull(row, "v"));
    arrives(
        "text",
        new String[] {"", "\"quoted\", {braced} \\ and 日本", null, "NULL"},
        row -> row.getString("v"));
    arrives(
        "integer",
        new Integer[] {0, Integer.MIN_VALUE, null, Integer.MAX_VALUE},
        row -> row.getObject("v", Integer.class));
    arrives(
        "bigint",
        new Long[] {0L, Long.MIN_VALUE, null, Long.MAX_VALUE},
        row -> row.getObject("v", Long.class));
    arrives("boolean", new Boolean[] {true, null, false}, row -> row.getObject("v", Boolean.class));
    arrives(
        "numeric",
        new BigDecimal[] {
          new BigDecimal("0"),
          new BigDecimal("0.0001"),
          null,
          new BigDecimal("-123456789012345.6789"),
          new BigDecimal("10000"),
          new BigDecimal("99999999.99")
        },
        row -> row.getBigDecimal("v"));
    arrives(
        "timestamptz",
        new Instant[] {
          Instant.parse("2026-01-31T12:00:00.123456Z"),
          null,
          Instant.parse("2000-01-01T00:00:00Z"),
          Instant.parse("1999-12-31T23:59:59.999999Z"),
          Instant.parse("1900-01-01T00:00:00.000001Z")
        },
        row -> Rows.instantOrNull(row, "v"));
  }

  private <T extends @Nullable Object> void arrives(
      String type, T[] values, Statements.RowReader<T> reader) {
    List<T> expected = Arrays.asList(values);
    String sql =
        "select v from unnest(?::%s[]) with ordinality as u (v, place) order by place"
            .formatted(type);
    for (List<T> some : List.of(expected, Collections.<T>emptyList())) {
      Object parameter = some.toArray(Arrays.copyOf(values, 0));
      List<T> arrived = transactions.call(tx -> Statements.of(tx).<T>query(sql, reader, parameter));
      assertThat(arrived)
          .as(type)
          .usingElementComparator(PostgresStatementsIT::compare)
          .containsExactlyElementsOf(some);
    }
  }

  /** Compares numbers by value, without regard to their scale. */
  private static <T> int compare(T one, T other) {
    return one instanceof BigDecimal a && other instanceof BigDecimal b
        ? a.compareTo(b)
        : java.util.Objects.equals(one, other) ? 0 : 1;
  }
}
