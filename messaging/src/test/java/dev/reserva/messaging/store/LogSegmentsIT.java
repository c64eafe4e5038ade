package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.store.LogSegments.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogSegmentsIT {

  private static final Cause CAUSE = Cause.of("segments");
  private static final Limits SMALL = new Limits(Duration.ofHours(1), Duration.ofHours(1), 10);

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node node = fixture.node();

  @AfterEach
  void close() {
    fixture.close();
  }

  private LogSegments segments(Limits limits) {
    return new LogSegments(fixture.dataSource(), node.transactions(), limits);
  }

  private void publish(UUID key, int count) {
    node.transactions()
        .run(tx -> {
          for (int i = 0; i < count; i++) {
            tx.publish(new Added(key, i), CAUSE);
          }
        });
  }

  private long partitions() {
    return fixture.number(
        "select count(*) from pg_inherits where inhparent = 'messaging.event_batch'::regclass");
  }

  private long tables() {
    return fixture.number(
        "select count(*) from pg_tables where schemaname = 'messaging' and tablename like 'event\\_batch\\__%'");
  }

  /** Makes all closed segments older than the retention of {@link #SMALL}. */
  private void age() {
    fixture.execute("update messaging.log_segment set closed_at = closed_at - interval '2 hours'");
  }

  private List<Long> readAll(long after) {
    List<Long> positions = new ArrayList<>();
    long at = after;
    long end = node.log().end();
    await().until(() -> node.tail().end() >= end);
    while (at < end) {
      List<LogEntry> next = node.tail().after(at, 7);
      next.forEach(message -> positions.add(message.position()));
      at = next.getLast().position();
    }
    return positions;
  }

  @Test
  void a_full_segment_is_closed_and_the_next_begins_where_it_ended() {
    publish(UUID.randomUUID(), 9);
    segments(SMALL).maintain();
    assertThat(partitions()).isEqualTo(1);
    publish(UUID.randomUUID(), 1);

    segments(SMALL).maintain();
    segments(SMALL).maintain();
    publish(UUID.randomUUID(), 1);

    assertThat(partitions()).isEqualTo(2);
    assertThat(fixture.number("select first_position from messaging.log_segment where segment = 2"))
        .isEqualTo(11);
    assertThat(fixture.number("select count(*) from messaging.event_batch_2")).isEqualTo(1);
  }

  @Test
  void an_old_segment_is_closed_unless_it_is_empty() {
    Limits limits = new Limits(Duration.ofHours(1), Duration.ofMinutes(1), 1_000);
    fixture.execute("update messaging.log_segment set opened_at = opened_at - interval '1 hour'");
    segments(limits).maintain();
    assertThat(partitions()).isEqualTo(1);
    publish(UUID.randomUUID(), 1);

    segments(limits).maintain();

    assertThat(partitions()).isEqualTo(2);
  }

  @Test
  void reading_goes_on_across_segments() {
    UUID key = UUID.randomUUID();
    for (int i = 0; i < 5; i++) {
      publish(key, 12);
      segments(SMALL).maintain();
    }

    assertThat(readAll(0))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
    assertThat(readAll(23))
        .containsExactlyElementsOf(LongStream.rangeClosed(24, 60).boxed().toList());
    assertThat(node.log().ofKey(key, 0, 100))
        .extracting(EventLog.Entry::position)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
    assertThat(node.log().search(EventLog.Filter.ANY, 30, 100).entries()).hasSize(30);
  }

  @Test
  void segments_change_under_load_without_a_failure_or_a_gap() throws Exception {
    AtomicInteger published = new AtomicInteger();
    CountDownLatch rotated = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 6; writer++) {
        UUID key = new UUID(0, writer);
        writers.add(
            threads.submit(() -> {
              while (rotated.getCount() > 0) {
                publish(key, 1);
                published.incrementAndGet();
              }
            }));
      }
      LogSegments segments = segments(new Limits(Duration.ofHours(1), Duration.ofHours(1), 1));
      while (partitions() < 25 && writers.stream().noneMatch(Future::isDone)) {
        segments.maintain();
      }
      rotated.countDown();
      for (Future<?> writer : writers) {
        writer.get(30, TimeUnit.SECONDS);
      }
    }

    assertThat(node.log().end()).isEqualTo(published.get());
    assertThat(readAll(0))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, published.get()).boxed().toList());
  }

  @Test
  void a_segment_is_dropped_only_past_retention() {
    publish(UUID.randomUUID(), 10);
    segments(SMALL).maintain();
    publish(UUID.randomUUID(), 1);

    segments(SMALL).maintain();
    assertThat(partitions()).isEqualTo(2);
    age();
    segments(SMALL).maintain();

    assertThat(tables()).isEqualTo(1);
    assertThat(node.log().start()).isEqualTo(11);
    assertThat(readAll(10)).containsExactly(11L);
  }

  @Test
  void a_segment_is_dropped_only_behind_every_cursor() {
    publish(UUID.randomUUID(), 10);
    segments(SMALL).maintain();
    age();
    node.cursors().claim("behind", UUID.randomUUID(), Duration.ofSeconds(10));
    fixture.execute("update messaging.subscription set position = 9");

    segments(SMALL).maintain();
    assertThat(partitions()).isEqualTo(2);
    fixture.execute("update messaging.subscription set position = 10");
    segments(SMALL).maintain();

    assertThat(tables()).isEqualTo(1);
    assertThat(node.log().start()).isEqualTo(11).isEqualTo(node.log().end() + 1);
  }

  @Test
  void no_cursor_is_rewound_to_a_dropped_segment() {
    publish(UUID.randomUUID(), 10);
    var backbone = node.run(Subscription.of("toy", Set.of(TestFacts.ADDED), (_, _) -> {}));
    assertThat(backbone.awaitCaughtUp("toy", Duration.ofSeconds(20))).isTrue();
    await().until(() -> node.cursors().position("toy").orElse(0) == 10);
    segments(SMALL).maintain();
    age();
    segments(SMALL).maintain();
    assertThat(node.log().start()).isEqualTo(11);

    assertThatThrownBy(() -> backbone.replay("toy", 9))
        .hasMessage("position must be 10..10, was 9");
    backbone.replay("toy", 10);
    assertThat(fixture.number("select position from messaging.subscription")).isEqualTo(10);
  }

  @Test
  void segments_left_by_a_crash_are_removed_by_the_next_run() {
    for (int i = 0; i < 4; i++) {
      publish(UUID.randomUUID(), 10);
      segments(SMALL).maintain();
    }
    // Of three deleted segments, one is still attached, one is detached, one is dropped.
    fixture.execute("delete from messaging.log_segment where segment <= 3");
    fixture.execute(
        "alter table messaging.event_batch detach partition messaging.event_batch_2 concurrently");
    fixture.execute(
        "alter table messaging.event_batch detach partition messaging.event_batch_3 concurrently");
    fixture.execute("drop table messaging.event_batch_3");

    segments(SMALL).maintain();

    assertThat(tables()).isEqualTo(2);
    assertThat(partitions()).isEqualTo(2);
    assertThat(readAll(30)).hasSize(10);
  }

  @Test
  void a_detachment_that_a_reader_delays_succeeds_later() throws SQLException {
    publish(UUID.randomUUID(), 10);
    segments(SMALL).maintain();
    age();
    try (Connection reader = fixture.dataSource().getConnection()) {
      reader.setAutoCommit(false);
      try (var statement = reader.createStatement();
          var rows = statement.executeQuery("select count(*) from messaging.event")) {
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(10);
      }
      assertThatThrownBy(() -> segments(SMALL).maintain()).isInstanceOf(SqlFailure.class);
      assertThat(fixture.number("select count(*) from pg_inherits where inhdetachpending"))
          .isEqualTo(1);
      assertThat(node.log().start()).isEqualTo(11);
      publish(UUID.randomUUID(), 1);
      assertThat(readAll(10)).containsExactly(11L);
      reader.rollback();
      reader.setAutoCommit(true);
    }

    segments(SMALL).maintain();

    assertThat(tables()).isEqualTo(1);
  }

  @Test
  void reading_at_the_tail_touches_one_partition_by_its_index() throws SQLException {
    for (int i = 0; i < 4; i++) {
      publish(UUID.randomUUID(), 2_000);
      segments(new Limits(Duration.ofHours(1), Duration.ofHours(1), 2_000)).maintain();
    }
    publish(UUID.randomUUID(), 2_000);

    List<String> tail = planOf(LogRows.SELECT_AFTER, 9_900L, 9_900L, 9_900L, 2_000);

    assertThat(tail)
        .filteredOn(line -> line.contains("Scan"))
        .filteredOn(line -> line.contains(" on event_") && !line.contains("never executed"))
        .singleElement()
        .asString()
        .contains("Index Scan", "event_batch_5")
        .as("two batches: they hold a hundred events at most, and a statement appends 256")
        .contains("rows=2.00");
    List<String> middle = planOf(LogRows.SELECT_AFTER, 5_000L, 5_000L, 5_000L, 500);
    assertThat(middle)
        .as("behind the position, nothing is touched")
        .filteredOn(line -> line.contains("event_batch_1 ") || line.contains("event_batch_2 "))
        .allMatch(line -> line.contains("never executed"));
    assertThat(middle).noneMatch(line -> line.contains("Seq Scan on event_"));
    assertThat(middle).noneMatch(line -> line.contains("->  Sort"));
  }

  @Test
  void a_search_without_hits_reads_no_further_than_its_bound() throws SQLException {
    for (int i = 0; i < 10; i++) {
      publish(UUID.randomUUID(), 500);
    }

    List<String> plan =
        planOf(
            PostgresEventLog.SEARCH,
            0L,
            0L,
            0L,
            1_000L,
            1_000L,
            null,
            null,
            "no.such.type",
            "no.such.type",
            null,
            null,
            false,
            10);

    assertThat(plan)
        .filteredOn(line -> line.contains("Function Scan"))
        .singleElement()
        .asString()
        .as("the 12 batches up to the thousandth event, of 60")
        .contains("loops=12)");
  }

  private List<String> planOf(String sql, @Nullable Object... parameters) throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection();
        var statement =
            connection.prepareStatement("explain (analyze, costs off, timing off) " + sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> plan = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
      }
      return plan;
    }
  }
}
