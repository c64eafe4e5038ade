package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.sql.SqlFailure;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Appending, tailing and searching, with several processes on one database. */
class EventLogIT {

  private static final Cause CAUSE = Cause.of("log");

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node node = fixture.node();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A reader. The tail keeps the events after the position that it has reached. */
  private record ReaderAt(AtomicLong reached) implements LogTail.Reader {
    @Override
    public void grown(Optional<List<LogEntry>> added) {}

    @Override
    public long position() {
      return reached.get();
    }
  }

  private static AtomicLong readerOf(BackboneFixture.Node node) {
    AtomicLong reached = new AtomicLong();
    node.tail().add(new ReaderAt(reached));
    return reached;
  }

  private static List<Long> upTo(long end) {
    return LongStream.rangeClosed(1, end).boxed().toList();
  }

  private void notes(BackboneFixture.Node publisher, int count, int size) {
    String text = "x".repeat(size);
    publisher
        .transactions()
        .run(tx -> {
          for (int i = 0; i < count; i++) {
            tx.publish(new Noted(new UUID(0, i), text), CAUSE);
          }
        });
  }

  @Test
  void the_events_of_one_key_in_a_transaction_are_one_row_and_read_singly() {
    int keys = 3;
    int each = 200;
    UUID first = new UUID(0, 0);
    fixture.node().transactions().run(tx -> tx.publish(new Added(first, -1), CAUSE));

    node.transactions()
        .run(tx -> {
          for (int number = 0; number < each; number++) {
            for (int key = 0; key < keys; key++) {
              tx.publish(new Added(new UUID(0, key), number), CAUSE);
            }
          }
        });

    assertThat(fixture.number("select count(*) from messaging.event_batch"))
        .as("a row holds 100 events, a statement appends 256")
        .isEqualTo(1 + 2 + 3 + 3);
    List<EventLog.Entry> all = node.log().search(EventLog.Filter.ANY, 0, 10_000).entries();
    assertThat(all).extracting(EventLog.Entry::position).isEqualTo(upTo(1 + keys * each));
    for (int key = 0; key < keys; key++) {
      UUID id = new UUID(0, key);
      List<EventLog.Entry> ofKey = node.log().ofKey(id, 1, 1_000);
      assertThat(ofKey)
          .extracting(entry -> entry.event().data().replaceAll(".*\"number\":\"(\\d+).*", "$1"))
          .isEqualTo(IntStream.range(0, each).mapToObj(Integer::toString).toList());
      assertThat(node.log().ofKey(id, ofKey.get(149).position(), 20))
          .as("from the middle of a row")
          .isEqualTo(ofKey.subList(150, 170));
    }
    List<LogEntry> read = new LogRows(fixture.dataSource(), fixture.catalogue()).after(250, 60);
    assertThat(read)
        .extracting(LogEntry::position)
        .isEqualTo(LongStream.rangeClosed(251, 310).boxed().toList());
    assertThat(read.getFirst().message().event()).isEqualTo(all.get(250).event());
  }

  @Test
  void readers_miss_nothing_while_many_write_and_some_roll_back() throws Exception {
    BackboneFixture.Node other = fixture.node();
    int writers = 6;
    int each = 150;
    Map<UUID, Boolean> committed = new ConcurrentHashMap<>();
    AtomicLong done = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers + 2)) {
      List<Future<List<LogEntry>>> readers = new ArrayList<>();
      for (BackboneFixture.Node reading : List.of(node, other)) {
        readers.add(
            threads.submit(() -> {
              List<LogEntry> read = new ArrayList<>();
              AtomicLong reached = readerOf(reading);
              while (done.get() < writers || read.size() < reading.log().end()) {
                long at = read.isEmpty() ? 0 : read.getLast().position();
                List<LogEntry> next = reading.tail().after(at, 50);
                read.addAll(next);
                reached.set(read.isEmpty() ? 0 : read.getLast().position());
                if (next.isEmpty()) {
                  Thread.onSpinWait();
                }
              }
              return read;
            }));
      }
      List<Future<?>> writing = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        Random random = new Random(writer);
        BackboneFixture.Node at = writer % 2 == 0 ? node : other;
        writing.add(
            threads.submit(() -> {
              try {
                for (int i = 0; i < each; i++) {
                  writeOrRollBack(at, random, committed);
                }
              } finally {
                done.incrementAndGet();
              }
            }));
      }
      for (Future<?> writer : writing) {
        writer.get(60, TimeUnit.SECONDS);
      }
      for (Future<List<LogEntry>> reader : readers) {
        List<LogEntry> read = reader.get(60, TimeUnit.SECONDS);
        assertThat(read)
            .extracting(LogEntry::position)
            .as("without gaps, in order")
            .containsExactlyElementsOf(upTo(committed.size()));
        assertThat(read)
            .extracting(entry -> entry.message().event().id())
            .containsExactlyInAnyOrderElementsOf(committed.keySet());
      }
    }
  }

  private static void writeOrRollBack(
      BackboneFixture.Node at, Random random, Map<UUID, Boolean> committed) {
    int events = 1 + random.nextInt(4);
    boolean fail = random.nextInt(5) == 0;
    List<Event> published = new ArrayList<>();
    try {
      at.transactions()
          .run(tx -> {
            published.clear();
            for (int i = 0; i < events; i++) {
              published.add(tx.publish(new Added(new UUID(0, i), i), CAUSE));
            }
            if (fail) {
              throw new IllegalStateException("on purpose");
            }
          });
      published.forEach(event -> committed.put(event.id(), true));
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("on purpose");
    }
  }

  @Test
  void a_statement_that_fails_after_an_append_gives_the_positions_back() {
    notes(node, 3, 1);
    assertThatThrownBy(() ->
            node.transactions()
                .run(tx -> {
                  tx.publish(new Noted(UUID.randomUUID(), "1"), CAUSE);
                  // A deferred check fails at the commit, after the append.
                  Sql.execute(
                      Sql.connection(tx),
                      "create temp table late (id int unique deferrable initially deferred)");
                  Sql.execute(Sql.connection(tx), "insert into late values (1), (1)");
                }))
        .isInstanceOf(SqlFailure.class);
    notes(node, 1, 1);

    assertThat(node.log().end()).isEqualTo(4);
    assertThat(node.tail().after(0, 10))
        .extracting(LogEntry::position)
        .containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void appends_of_another_process_fill_the_gaps() {
    BackboneFixture.Node other = fixture.node();
    notes(node, 2, 1);
    assertThat(node.tail().after(0, 10)).hasSize(2);
    notes(other, 3, 1);
    notes(node, 2, 1);

    await().until(() -> node.tail().end() == 7 && other.tail().end() == 7);

    assertThat(node.tail().after(2, 10))
        .extracting(LogEntry::position)
        .containsExactly(3L, 4L, 5L, 6L, 7L);
    assertThat(other.tail().after(0, 10))
        .extracting(LogEntry::position)
        .containsExactlyElementsOf(upTo(7));
  }

  @Test
  void a_reader_that_was_far_behind_reads_from_memory_once_it_has_caught_up() {
    BackboneFixture.Node other = fixture.node();
    AtomicLong reached = readerOf(node);
    notes(node, 10, 1);
    notes(other, 100, 1);
    await().until(() -> node.tail().end() == 110);
    // The only reader starts before the gap, and its steps do not end at the gap's edge.
    long at = 5;
    while (at < 110) {
      at = node.tail().after(at, 17).getLast().position();
      reached.set(at);
    }

    notes(node, 5, 1);
    List<LogEntry> first = node.tail().after(110, 10);
    List<LogEntry> second = node.tail().after(110, 10);

    assertThat(first).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(second.get(i)).as("kept, not read again").isSameAs(first.get(i));
    }
  }

  @Test
  void a_reader_far_behind_what_memory_holds_misses_nothing() {
    readerOf(node);
    for (int i = 0; i < 4; i++) {
      notes(node, 5_000, 1);
    }
    List<Long> positions = new ArrayList<>();
    long at = 0;
    while (at < 20_000) {
      List<LogEntry> next = node.tail().after(at, 1_000);
      next.forEach(message -> positions.add(message.position()));
      at = next.getLast().position();
    }

    assertThat(positions).containsExactlyElementsOf(upTo(20_000));
  }

  @Test
  void huge_events_are_read_whole_without_filling_the_memory() {
    BackboneFixture.Node other = fixture.node();
    readerOf(node);
    readerOf(other);
    for (int i = 0; i < 12; i++) {
      notes(node, 1, 4 << 20);
    }
    notes(node, 5, 10);
    for (BackboneFixture.Node reading : List.of(node, other)) {
      await().until(() -> reading.tail().end() == 17);
      List<Long> positions = new ArrayList<>();
      long at = 0;
      while (at < 17) {
        List<LogEntry> next = reading.tail().after(at, 500);
        assertThat(next).isNotEmpty().hasSizeLessThan(17);
        next.forEach(entry -> {
          positions.add(entry.position());
          int size = entry.position() <= 12 ? 4 << 20 : 10;
          assertThat(entry.message().payload(Noted.class).text()).hasSize(size);
        });
        at = next.getLast().position();
      }
      assertThat(positions).containsExactlyElementsOf(upTo(17));
    }
  }

  @Test
  void a_transaction_is_over_when_its_call_returns() {
    var escaped = node.transactions().call(tx -> tx);

    assertThatThrownBy(() -> escaped.publish(new Noted(UUID.randomUUID(), ""), CAUSE))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> escaped.resource(Connection.class))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() ->
            node.transactions().snapshot(tx -> tx.publish(new Noted(UUID.randomUUID(), ""), CAUSE)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void every_throwable_rolls_the_transaction_back() throws Exception {
    fixture.execute("create table effect (id int)");
    for (Throwable thrown :
        List.of(
            new IllegalStateException("a bug"),
            new AssertionError("a broken assumption"),
            new LinkageError("a class that is missing"),
            new StackOverflowError(),
            new Exception("checked, and smuggled out"))) {
      assertThatThrownBy(() ->
              node.transactions()
                  .run(tx -> {
                    Sql.update(Sql.connection(tx), "insert into effect values (1)");
                    tx.publish(new Noted(UUID.randomUUID(), "never"), CAUSE);
                    EventLogIT.<RuntimeException>smuggle(thrown);
                  }))
          .isSameAs(thrown);
    }

    assertThat(fixture.number("select count(*) from effect")).isZero();
    assertThat(node.log().end()).isZero();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void smuggle(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void any_failure_on_a_lost_connection_is_a_failure_of_the_database() throws Exception {
    assertThatThrownBy(() ->
            node.transactions()
                .run(tx -> {
                  Connection connection = Sql.connection(tx);
                  int backend =
                      Sql.query(connection, "select pg_backend_pid()", row -> row.getInt(1))
                          .getFirst();
                  fixture.execute("select pg_terminate_backend(%d, 5000)".formatted(backend));
                  throw new AssertionError("what a driver may throw in a broken conversation");
                }))
        .isInstanceOf(DependencyUnavailable.class)
        .hasRootCauseInstanceOf(AssertionError.class);

    assertThatThrownBy(() ->
            node.transactions()
                .run(tx -> {
                  throw new AssertionError("of its own");
                }))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_lock_timeout_is_a_failure_of_the_database() throws Exception {
    try (Connection lost = fixture.dataSource().getConnection()) {
      lost.setAutoCommit(false);
      Sql.execute(lost, "select from messaging.log_head for update");

      assertThatThrownBy(() ->
              node.transactions()
                  .run(tx -> {
                    Sql.execute(Sql.connection(tx), "set local lock_timeout = '50ms'");
                    tx.publish(new Added(UUID.randomUUID(), 1), CAUSE);
                  }))
          .isInstanceOf(DependencyUnavailable.class);
      lost.rollback();
    }
    assertThat(node.log().end()).isZero();
  }

  @Test
  void a_transaction_that_loses_a_deadlock_runs_again() throws Exception {
    fixture.execute("create table account (id int primary key, balance int)");
    fixture.execute("insert into account values (1, 0), (2, 0)");
    var bothHaveOne = new java.util.concurrent.CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> opposite = new ArrayList<>();
      for (int first : new int[] {1, 2}) {
        AtomicLong runs = new AtomicLong();
        opposite.add(
            threads.submit(() ->
                node.transactions()
                    .run(tx -> {
                      Connection connection = Sql.connection(tx);
                      Sql.update(
                          connection,
                          "update account set balance = balance + 1 where id = ?",
                          first);
                      if (runs.incrementAndGet() == 1) {
                        meet(bothHaveOne);
                      }
                      Sql.update(
                          connection,
                          "update account set balance = balance + 1 where id = ?",
                          3 - first);
                      tx.publish(new Noted(UUID.randomUUID(), "moved"), CAUSE);
                    })));
      }
      for (Future<?> transfer : opposite) {
        transfer.get(30, TimeUnit.SECONDS);
      }
    }

    assertThat(fixture.number("select sum(balance) from account")).isEqualTo(4);
    assertThat(node.log().end()).isEqualTo(2);
  }

  private static void meet(java.util.concurrent.CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_log_is_searched_page_by_page_to_its_end() {
    UUID key = UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      notes(node, 12_000, 1);
      node.transactions()
          .run(tx -> tx.publish(new Added(key, 1), new Cause("rare", null, null, null)));
    }
    EventLog.Filter rare = new EventLog.Filter(null, null, TestFacts.ADDED, "rare");

    List<Long> found = new ArrayList<>();
    Long after = 0L;
    int calls = 0;
    while (after != null) {
      EventLog.Found page = node.log().search(rare, after, 2);
      page.entries().forEach(entry -> found.add(entry.position()));
      after = page.next();
      calls++;
    }

    assertThat(found).containsExactly(12_001L, 24_002L, 36_003L);
    assertThat(calls).isBetween(2, 4);
    assertThat(node.log().search(new EventLog.Filter(key, key, null, null), 0, 2).entries())
        .extracting(EventLog.Entry::position)
        .containsExactly(12_001L, 24_002L);
    assertThat(node.log().search(new EventLog.Filter(key, key, null, null), 0, 2).next())
        .isEqualTo(24_002L);
    assertThat(node.log().search(EventLog.Filter.ANY, 36_003, 2).next()).isNull();
  }
}
