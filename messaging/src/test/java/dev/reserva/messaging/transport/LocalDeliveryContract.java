package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Echoed;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.transport.TransportHarness.Effect;
import dev.reserva.messaging.transport.TransportHarness.Member;
import dev.reserva.messaging.transport.TransportHarness.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The guarantees of local delivery on every database. A subscription sees no difference. In any
 * doubt an event is handled by the subscription's loop.
 */
abstract class LocalDeliveryContract {

  static final String TOY = "toy";
  static final Cause CAUSE = Cause.of("local");
  static final UUID KEY = new UUID(1, 1);
  static final UUID OTHER = new UUID(1, 2);

  /** Longer than any lease. */
  static final Duration PAST_THE_LEASE = Duration.ofSeconds(11);

  TransportHarness world;
  Member process;
  Consumer<Message> beforeEffect = _ -> {};
  private int calls;

  /** A new backbone for each test. */
  abstract TransportHarness open();

  @BeforeEach
  void start() {
    world = open();
    process = world.process(toy());
    process.drain(); // claims the subscription
  }

  @AfterEach
  void counts_add_up() {
    try {
      process.drain();
      if (world.cursors().position(TOY).isPresent()) {
        Tally tally = world.tally(TOY);
        assertThat(tally.handled() + tally.parked() + tally.discarded())
            .as("handled + parked + discarded of %s", tally)
            .isEqualTo(tally.delivered());
      }
    } finally {
      world.close();
    }
  }

  Subscription toy() {
    return Subscription.of(TOY, Set.of(TestFacts.ADDED), this::remember);
  }

  private void remember(List<Message> batch, UnitOfWork tx) {
    calls++;
    for (Message message : batch) {
      beforeEffect.accept(message);
      world.effects().add(tx, TOY, message);
    }
  }

  void publish(Member publisher, UUID key, long... numbers) {
    publisher
        .transactions()
        .run(tx -> {
          for (long number : numbers) {
            tx.publish(new Added(key, number), CAUSE);
          }
        });
  }

  List<Long> effects(UUID key) {
    return world.effects().of(TOY).stream()
        .filter(effect -> effect.key().equals(key))
        .map(Effect::number)
        .toList();
  }

  @Test
  void an_event_takes_effect_in_the_transaction_that_publishes_it() {
    publish(process, KEY, 1, 2, 3);

    assertThat(effects(KEY)).containsExactly(1L, 2L, 3L);
    assertThat(world.handledLocally()).isEqualTo(3);
    process.drain();
    assertThat(effects(KEY)).as("and no second time").containsExactly(1L, 2L, 3L);
  }

  @Test
  void the_cursor_passes_what_was_handled_locally_and_counts_it_once() {
    publish(process, KEY, 1, 2, 3);
    process.drain();
    world.elapse(Duration.ofSeconds(4)); // the lease is renewed, and the cursor recorded
    process.drain();

    assertThat(world.tally(TOY)).isEqualTo(new Tally(3, 3, 0, 0));
    assertThat(world.cursors().position(TOY)).hasValue(world.log().end());
  }

  @Test
  void a_rollback_undoes_the_local_effects() {
    assertThatThrownBy(() ->
            process
                .transactions()
                .run(tx -> {
                  tx.publish(new Added(KEY, 1), CAUSE);
                  throw new IllegalStateException("rolled back");
                }))
        .hasMessage("rolled back");

    assertThat(effects(KEY)).isEmpty();
    publish(process, KEY, 2);
    assertThat(effects(KEY)).containsExactly(2L);
  }

  @Test
  void an_event_does_not_overtake_one_of_its_key_that_waits() {
    Member other = world.process();
    publish(other, KEY, 1); // another process runs the subscription

    publish(process, KEY, 2);
    publish(process, OTHER, 3);
    assertThat(effects(KEY)).as("the log has a hole here").isEmpty();

    process.drain();
    assertThat(effects(KEY)).containsExactly(1L, 2L);
    assertThat(effects(OTHER)).containsExactly(3L);
    assertThat(world.handledLocally()).isZero();
  }

  @Test
  void local_delivery_resumes_under_load_after_another_process_has_appended() {
    Member other = world.process();
    for (long number = 1; number <= 20; number++) {
      publish(number == 5 ? other : process, new UUID(2, number), number);
      if (number > 5) {
        process.drain();
      }
    }

    assertThat(world.handledLocally()).isBetween(10L, 19L);
    assertThat(world.effects().of(TOY)).hasSize(20);
  }

  @Test
  void events_of_a_parked_key_are_not_handled_locally_and_others_are() {
    beforeEffect =
        message -> {
          if (message.payload(Added.class).number() == 1) {
            throw new Unprocessable("poison");
          }
        };
    publish(process, KEY, 1);
    process.drain();
    assertThat(world.tally(TOY).parked()).isEqualTo(1);
    world.elapse(Duration.ofSeconds(1)); // the breaker closes

    publish(process, KEY, 2);
    publish(process, OTHER, 3);
    process.drain();

    assertThat(effects(KEY)).as("behind the dead letter").isEmpty();
    assertThat(effects(OTHER)).containsExactly(3L);
    assertThat(world.handledLocally()).isEqualTo(1);

    beforeEffect = _ -> {};
    UUID letter = world.deadLetters().list(null, 10).getFirst().id();
    world.operators().retry(letter, null, "ana");
    process.drain();
    assertThat(effects(KEY)).containsExactly(1L, 2L);
    publish(process, KEY, 4);
    process.drain();
    publish(process, KEY, 5);
    assertThat(effects(KEY)).containsExactly(1L, 2L, 4L, 5L);
  }

  @Test
  void a_failing_local_handler_does_not_fail_the_publisher_and_its_event_is_retried() {
    beforeEffect =
        _ -> {
          throw new IllegalArgumentException("broken");
        };
    publish(process, KEY, 1);

    assertThat(world.log().end()).isEqualTo(1);
    for (Duration pause : RetryPolicy.DEFAULT.delays()) {
      process.drain();
      world.elapse(pause.multipliedBy(2));
    }
    process.drain();
    assertThat(world.deadLetters().list(null, 10))
        .singleElement()
        .satisfies(letter -> assertThat(letter.attempts()).isEqualTo(4));
    assertThat(world.handledLocally()).isZero();
  }

  @Test
  void a_handler_that_keeps_failing_is_not_called_by_every_publisher() {
    beforeEffect =
        _ -> {
          throw new IllegalArgumentException("broken");
        };
    for (long number = 1; number <= 100; number++) {
      publish(process, new UUID(3, number), number);
    }

    assertThat(calls).as("calls in 100 transactions").isLessThan(20);
  }

  @Test
  void once_its_handler_works_again_events_are_handled_locally_again() {
    beforeEffect =
        _ -> {
          throw new IllegalArgumentException("broken");
        };
    publish(process, KEY, 1);
    beforeEffect = _ -> {};
    world.elapse(Duration.ofSeconds(40));
    process.drain();

    publish(process, KEY, 2);
    assertThat(effects(KEY)).containsExactly(1L, 2L);
    assertThat(world.handledLocally()).isEqualTo(1);
  }

  @Test
  void a_process_that_was_replaced_handles_nothing_locally() {
    world.elapse(PAST_THE_LEASE);
    Member successor = world.process(toy());
    successor.drain();

    publish(process, KEY, 1); // it does not know yet that another process has taken over

    assertThat(effects(KEY)).isEmpty();
    successor.drain();
    assertThat(effects(KEY)).containsExactly(1L);
    successor.drain();
    publish(successor, KEY, 2);
    assertThat(effects(KEY)).containsExactly(1L, 2L);
    assertThat(world.handledLocally()).isEqualTo(1);
    process = successor;
  }

  @Test
  void another_subscription_that_is_claimed_elsewhere_does_not_end_local_delivery() {
    Member other = world.process(Subscription.of("echo", Set.of(TestFacts.ECHOED), (_, _) -> {}));
    other.drain();

    publish(process, KEY, 1); // the generation has changed: the ordinary way
    process.drain();
    publish(process, KEY, 2);

    assertThat(effects(KEY)).containsExactly(1L, 2L);
    assertThat(world.handledLocally()).isEqualTo(1);
  }

  @Test
  void handlers_that_answer_each_other_endlessly_are_local_up_to_a_limit() {
    process =
        world.process(
            Subscription.of(
                "ping",
                Set.of(TestFacts.ADDED),
                (batch, tx) ->
                    batch.forEach(message -> {
                      Added added = message.payload(Added.class);
                      tx.publish(new Echoed(added.counter(), added.number()), message.cause());
                    })),
            Subscription.of(
                "pong",
                Set.of(TestFacts.ECHOED),
                (batch, tx) ->
                    batch.forEach(message -> {
                      Echoed echoed = message.payload(Echoed.class);
                      if (echoed.number() < 50) {
                        tx.publish(new Added(echoed.counter(), echoed.number() + 1), CAUSE);
                      }
                    })));
    process.drain();

    publish(process, KEY, 1);
    long within = world.log().end();
    assertThat(within).as("published in one transaction").isBetween(8L, 40L);
    for (int round = 0; round < 100 && world.log().end() < 100; round++) {
      process.drain();
    }
    assertThat(world.log().end()).isEqualTo(100);
  }

  @Test
  void events_of_a_local_handler_follow_the_event_that_it_handles() {
    process =
        world.process(
            Subscription.of(
                "answering",
                Set.of(TestFacts.ADDED),
                (batch, tx) ->
                    batch.forEach(message -> {
                      Added added = message.payload(Added.class);
                      tx.publish(new Echoed(added.counter(), added.number()), message.cause());
                    })));
    process.drain();

    publish(process, KEY, 1, 2);

    assertThat(world.log().ofKey(KEY, 0, 10))
        .extracting(entry -> entry.event().type())
        .containsExactly(TestFacts.ADDED, TestFacts.ADDED, TestFacts.ECHOED, TestFacts.ECHOED);
    var entries = world.log().ofKey(KEY, 0, 10);
    assertThat(entries.get(2).event().causationId()).isEqualTo(entries.get(0).event().id());
    assertThat(entries.get(3).event().correlationId()).isEqualTo("local");
  }

  @Test
  void a_batch_is_no_larger_locally_than_a_subscription_takes() {
    List<Integer> batches = new ArrayList<>();
    process =
        world.process(
            new Subscription(
                "small",
                Set.of(TestFacts.ADDED),
                (batch, _) -> batches.add(batch.size()),
                3,
                RetryPolicy.DEFAULT));
    process.drain();

    publish(process, KEY, 1, 2, 3, 4, 5, 6, 7);

    assertThat(batches).containsExactly(3, 3, 1);
  }

  @Test
  void a_paced_subscription_is_never_handled_locally_and_gets_positions() {
    List<Long> positions = new ArrayList<>();
    process =
        world.process(
            Subscription.of(
                    "paced",
                    Set.of(TestFacts.ADDED),
                    (batch, _) -> batch.forEach(message -> positions.add(message.position())))
                .atPace(Duration.ofSeconds(1)));
    process.drain();

    publish(process, KEY, 1);

    assertThat(positions).isEmpty();
    process.drain();
    assertThat(positions).containsExactly(1L);
  }

  @Test
  void an_event_has_no_position_while_it_is_published() {
    List<Throwable> failures = new ArrayList<>();
    beforeEffect =
        message -> {
          try {
            assertThat(message.position()).isPositive();
          } catch (IllegalStateException e) {
            failures.add(e);
          }
        };
    publish(process, KEY, 1);

    assertThat(failures)
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining("position"));
  }
}
