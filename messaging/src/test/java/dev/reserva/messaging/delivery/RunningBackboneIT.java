package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes with all their threads on one database. */
class RunningBackboneIT {

  private static final Cause CAUSE = Cause.of("running");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node publisher = fixture.node();
  private final AtomicBoolean poisoned = new AtomicBoolean();

  @BeforeEach
  void createTable() {
    fixture.execute(
        "create table effect (ordinal bigserial primary key, event_id uuid, key uuid, number bigint)");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Subscription toy() {
    return Subscription.of("toy", Set.of(TestFacts.ADDED), this::remember);
  }

  private void remember(List<Message> batch, UnitOfWork tx) {
    try (var insert =
        tx.resource(Connection.class)
            .prepareStatement("insert into effect (event_id, key, number) values (?, ?, ?)")) {
      for (Message message : batch) {
        if (poisoned.get()) {
          throw new Unprocessable("poisoned");
        }
        insert.setObject(1, message.event().id());
        insert.setObject(2, message.key());
        insert.setLong(3, message.payload(Added.class).number());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Event publish(UUID key, long number) {
    return publisher.transactions().call(tx -> tx.publish(new Added(key, number), CAUSE));
  }

  private long effects() {
    return fixture.number("select count(*) from effect");
  }

  private static Backbone.SubscriptionStatus status(Backbone backbone) {
    return backbone.subscriptions().getFirst();
  }

  @Test
  void an_event_of_another_process_reaches_an_idle_handler() throws InterruptedException {
    CountDownLatch handled = new CountDownLatch(1);
    BackboneFixture.Node idle = fixture.node();
    RunningBackbone backbone =
        idle.run(Subscription.of("toy", Set.of(TestFacts.ADDED), (_, _) -> handled.countDown()));
    await().until(() -> status(backbone).state().equals("running"));

    publish(UUID.randomUUID(), 1);

    assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void one_of_two_processes_works_and_the_other_takes_over_when_it_stops() {
    RunningBackbone first = fixture.node().run(toy());
    await().until(() -> status(first).state().equals("running"));
    RunningBackbone second = fixture.node().run(toy());
    for (int i = 0; i < 50; i++) {
      publish(UUID.randomUUID(), i);
    }
    assertThat(second.awaitCaughtUp("toy", LONG)).as("by the record").isTrue();
    assertThat(effects()).isEqualTo(50);
    assertThat(status(second).state()).isEqualTo("standby");
    assertThat(status(second).lag()).isZero();

    assertThat(first.stop(LONG)).isTrue();
    publish(UUID.randomUUID(), 50);

    await().atMost(LONG).until(() -> effects() == 51);
    assertThat(status(second).state()).isEqualTo("running");
    assertThat(status(first).state()).isEqualTo("stopped");
  }

  @Test
  void each_event_takes_effect_once_and_in_order_while_processes_take_over() throws Exception {
    fixture.node().run(toy());
    fixture.node().run(toy());
    int keys = 8;
    int published = 0;
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> takeOvers =
          threads.submit(() -> {
            while (!done.get()) {
              // The next process takes the subscription over while the other one still works.
              fixture.execute("update messaging.subscription set lease_until = '-infinity'");
            }
          });
      try {
        for (int number = 0;
            fixture.number("select max(epoch) from messaging.subscription") < 5;
            number++) {
          for (int key = 0; key < keys; key++) {
            publish(new UUID(0, key), number);
            published++;
          }
        }
        int all = published;
        await().atMost(Duration.ofSeconds(60)).until(() -> effects() >= all);
      } finally {
        done.set(true);
      }
      takeOvers.get(30, TimeUnit.SECONDS);
    }

    assertThat(effects()).isEqualTo(published);
    assertThat(
            fixture.number(
                """
                select count(*) from (
                  select number - lag(number, 1, -1::bigint) over (partition by key order by ordinal) as step
                  from effect) steps where step <> 1
                """))
        .as("out of order")
        .isZero();
    assertThat(
            fixture.number(
                "select handled + discarded + (select count(*) from messaging.parked) - delivered"
                    + " from messaging.subscription"))
        .isZero();
  }

  @Test
  void one_of_several_operators_at_once_wins_and_the_others_get_a_conflict() throws Exception {
    RunningBackbone backbone = fixture.node().run(toy());
    poisoned.set(true);
    int letters = 8;
    for (int i = 0; i < letters; i++) {
      publish(new UUID(1, i), 13);
    }
    await().atMost(LONG).until(() -> publisher.deadLetters().list(null, 100).size() == letters);
    poisoned.set(false);
    long discarded = 0;
    try (ExecutorService operators = Executors.newFixedThreadPool(3)) {
      for (var letter : publisher.deadLetters().list(null, 100)) {
        CyclicBarrier together = new CyclicBarrier(3);
        String edited = TestFacts.json(new Added(letter.event().key(), 12));
        List<Callable<Outcome>> actions =
            List.of(
                () -> publisher.operators().retry(letter.id(), null, "ana"),
                () -> publisher.operators().retry(letter.id(), edited, "ben"),
                () -> publisher.operators().discard(letter.id(), "why not", "eve"));
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (Callable<Outcome> action : actions) {
          outcomes.add(
              operators.submit(() -> {
                together.await(30, TimeUnit.SECONDS);
                return action.call();
              }));
        }
        int won = 0;
        for (Future<Outcome> outcome : outcomes) {
          switch (outcome.get(30, TimeUnit.SECONDS)) {
            case Outcome.Done _ -> won++;
            case Outcome.Conflict _ -> {}
            case Outcome.Unknown unknown -> throw new AssertionError(unknown);
            case Outcome.Refused refused -> throw new AssertionError(refused);
          }
        }
        assertThat(won).isEqualTo(1);
        discarded += outcomes.get(2).get() instanceof Outcome.Done ? 1 : 0;
      }
    }

    long retried = letters - discarded;
    await().atMost(LONG).until(() -> status(backbone).parked() == 0);
    assertThat(effects()).isEqualTo(retried);
  }

  @Test
  void caught_up_means_that_every_event_in_the_log_is_handled() {
    RunningBackbone backbone = fixture.node().run(toy());
    for (int i = 0; i < 20; i++) {
      publish(UUID.randomUUID(), i);
      assertThat(backbone.awaitCaughtUp("toy", LONG)).isTrue();
      assertThat(effects()).isEqualTo(i + 1);
    }
    assertThat(backbone.awaitCaughtUp("of another process", Duration.ZERO)).isTrue();
  }

  @Test
  void after_a_replay_a_subscription_is_caught_up_once_it_has_handled_all_events_again() {
    RunningBackbone backbone = fixture.node().run(toy());
    for (int i = 0; i < 20; i++) {
      publish(UUID.randomUUID(), i);
    }
    assertThat(backbone.awaitCaughtUp("toy", LONG)).isTrue();

    backbone.replay("toy", 5);

    assertThat(backbone.awaitCaughtUp("toy", LONG)).isTrue();
    assertThat(effects()).isEqualTo(35);
  }

  @Test
  void retries_run_by_themselves() {
    AtomicInteger attempts = new AtomicInteger();
    Subscription moody =
        Subscription.of(
            "toy",
            Set.of(TestFacts.ADDED),
            (batch, tx) -> {
              if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
              remember(batch, tx);
            });
    fixture.node().run(moody);
    publish(UUID.randomUUID(), 1);

    await().atMost(LONG).until(() -> effects() == 1);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void stopping_ends_all_threads_including_those_of_failing_workers() {
    CountDownLatch failed = new CountDownLatch(3);
    Worker failing =
        new Worker(
            "failing",
            Duration.ofHours(1),
            () -> {
              failed.countDown();
              throw new IllegalStateException("always");
            });
    RunningBackbone backbone = fixture.node().run(List.of(toy()), List.of(failing));
    await().atMost(LONG).until(() -> failed.getCount() == 0);

    assertThat(backbone.stop(LONG)).isTrue();

    assertThat(status(backbone).state()).isEqualTo("stopped");
    assertThat(fixture.number("select count(*) from messaging.subscription where owner is null"))
        .as("given up, so that another may take over at once")
        .isEqualTo(1);
  }
}
