package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.transport.TransportHarness.Member;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.junit.jupiter.api.Test;

/**
 * {@link LocalDeliveryContract} on PostgreSQL, and cases that need several transactions at once.
 */
class PostgresLocalDeliveryIT extends LocalDeliveryContract {

  /** Prefix of the names of threads that publish. */
  private static final String PUBLISHER = "publisher-";

  private final PostgresHarness harness = new PostgresHarness();
  private final AtomicInteger localAttempts = new AtomicInteger();

  @Override
  TransportHarness open() {
    return harness;
  }

  @Test
  void a_replay_handles_again_what_was_handled_locally() {
    publish(process, KEY, 1, 2);
    process.drain();
    world.elapse(Duration.ofSeconds(4));
    process.drain();

    assertThat(world.transactions().<Boolean>call(tx -> world.cursors().rewind(tx, TOY, 0)))
        .isTrue();
    world.elapse(Duration.ofSeconds(4));
    process.drain(); // renews its lease, notices that it is fenced, and claims again
    process.drain();
    assertThat(effects(KEY)).containsExactly(1L, 2L, 1L, 2L);

    publish(process, KEY, 3);
    process.drain();
    publish(process, KEY, 4);
    process.drain();
    assertThat(effects(KEY)).containsExactly(1L, 2L, 1L, 2L, 3L, 4L);
    world.elapse(Duration.ofSeconds(4));
    process.drain(); // records how far the cursor has come
    assertThat(world.tally(TOY).delivered()).isEqualTo(6);
  }

  @Test
  void one_of_two_concurrent_transactions_with_one_key_is_not_handled_locally() throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    beforeEffect = message -> pauseAtFirst(message, inHandler, goOn);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(() -> publish(process, KEY, 1));
      assertThat(inHandler.await(10, TimeUnit.SECONDS)).isTrue();

      publish(process, KEY, 2); // appended while the local handler of the first runs
      assertThat(effects(KEY)).isEmpty();
      goOn.countDown();
      first.get(10, TimeUnit.SECONDS);
    }
    process.drain();

    // The second event was appended first. The first transaction could not commit with its local
    // effect and ran again.
    assertThat(effects(KEY)).containsExactly(2L, 1L);
    assertThat(world.handledLocally()).isZero();
  }

  @Test
  void a_process_that_is_replaced_while_its_local_handler_runs_changes_nothing_by_it()
      throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    beforeEffect = message -> pauseAtFirst(message, inHandler, goOn);
    Member successor;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> publishing = threads.submit(() -> publish(process, KEY, 1));
      assertThat(inHandler.await(10, TimeUnit.SECONDS)).isTrue();

      world.elapse(PAST_THE_LEASE);
      successor = world.process(toy());
      successor.drain();
      goOn.countDown();
      publishing.get(10, TimeUnit.SECONDS);
    }

    assertThat(effects(KEY)).as("the head has another generation").isEmpty();
    successor.drain();
    assertThat(effects(KEY)).containsExactly(1L);
    process = successor;
  }

  private static void pauseAtFirst(Message message, CountDownLatch inHandler, CountDownLatch goOn) {
    if (message.payload(Added.class).number() == 1 && inHandler.getCount() > 0) {
      inHandler.countDown();
      try {
        assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void a_local_handler_that_waits_for_a_row_gives_up_and_its_event_is_handled_later()
      throws Exception {
    harness.fixture().execute("create table stock (id integer primary key, count integer)");
    harness.fixture().execute("insert into stock values (1, 0)");
    process = world.process(locking("waits"));
    process.drain();
    try (Connection other = harness.fixture().dataSource().getConnection()) {
      other.setAutoCommit(false);
      execute(other, "update stock set count = count + 1 where id = 1");

      publish(process, KEY, 1); // returns while the row is still locked

      assertThat(world.log().end()).isEqualTo(1);
      assertThat(world.handledLocally()).isZero();
      other.rollback();
      other.setAutoCommit(true);
    }
    process.drain();
    assertThat(harness.fixture().number("select count from stock where id = 1")).isEqualTo(1);
  }

  private static Subscription locking(String name) {
    return Subscription.of(
        name,
        Set.of(TestFacts.ADDED),
        (batch, tx) ->
            batch.forEach(_ ->
                execute(
                    tx.resource(Connection.class),
                    "update stock set count = count + 1 where id = 1")));
  }

  /**
   * Each transaction locks two rows in an order of its own, the second row in a local handler, so
   * that deadlocks are frequent.
   */
  @Test
  void transactions_that_lock_in_opposite_order_all_succeed_and_each_event_takes_effect_once()
      throws Exception {
    harness.fixture().execute("create table account (id integer primary key, count integer)");
    harness.fixture().execute("insert into account select id, 0 from generate_series(0, 3) id");
    process =
        world.process(Subscription.of("crossing", Set.of(TestFacts.ADDED), this::lockTheOther));
    process.drain();
    int threads = 8;
    int each = 40;
    List<Future<?>> publishing = new ArrayList<>();
    try (ExecutorService executor =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name(PUBLISHER, 0).factory())) {
      for (int thread = 0; thread < threads; thread++) {
        int first = thread % 4;
        UUID key = new UUID(4, thread);
        publishing.add(
            executor.submit(() -> {
              for (int number = 0; number < each; number++) {
                int row = (first + number) % 4;
                long published = row;
                process
                    .transactions()
                    .run(tx -> {
                      add(tx, row);
                      tx.publish(new Added(key, published), CAUSE);
                    });
              }
              return true;
            }));
      }
      for (Future<?> done : publishing) {
        done.get(120, TimeUnit.SECONDS);
      }
    }
    long events = (long) threads * each;
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          process.drain();
          assertThat(harness.fixture().number("select sum(count) from account"))
              .isEqualTo(2 * events);
        });
    assertThat(world.log().end()).isEqualTo(events);
    assertThat(localAttempts.get()).as("handlers ran in publishing transactions").isPositive();
  }

  private void lockTheOther(List<Message> batch, UnitOfWork tx) {
    if (Thread.currentThread().getName().startsWith(PUBLISHER)) {
      localAttempts.incrementAndGet();
    }
    for (Message message : batch) {
      add(tx, (int) (3 - message.payload(Added.class).number()));
    }
  }

  private static void add(UnitOfWork tx, int row) {
    execute(
        tx.resource(Connection.class), "update account set count = count + 1 where id = " + row);
  }

  private static void execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }
}
