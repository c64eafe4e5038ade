package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Echoed;
import dev.reserva.messaging.TestFacts.LetterChanged;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.TransactionConflict;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.transport.TransportHarness.CrashPoint;
import dev.reserva.messaging.transport.TransportHarness.Effect;
import dev.reserva.messaging.transport.TransportHarness.Node;
import dev.reserva.messaging.transport.TransportHarness.Tally;
import dev.reserva.messaging.transport.TransportHarness.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The guarantees of every transport, together with the loops and the store.
 *
 * <p>Tests drive processes step by step, and decide when time passes.
 */
public abstract class TransportContract {

  private static final String TOY = "toy";
  private static final Cause CAUSE = Cause.of("contract");
  private static final Duration PAST_THE_LEASE = Duration.ofSeconds(11);

  /** Longer than the pause before any retry. */
  private static final Duration PAST_ANY_PAUSE = Duration.ofSeconds(6);

  private TransportHarness world;

  /** Sizes of the batches that handlers were given, in order. */
  private final List<Integer> batches = new ArrayList<>();

  /** Runs before the effect of a message; can throw. */
  private Consumer<Message> beforeEffect = _ -> {};

  /** A new backbone for each test. */
  protected abstract TransportHarness open();

  @BeforeEach
  void openWorld() {
    world = open();
  }

  @AfterEach
  void counts_add_up() {
    try {
      for (String name : List.of(TOY, "echo")) {
        if (world.cursors().position(name).isPresent()) {
          Tally tally = world.tally(name);
          assertThat(tally.handled() + tally.parked() + tally.discarded())
              .as("handled + parked + discarded of %s", tally)
              .isEqualTo(tally.delivered());
        }
      }
    } finally {
      world.close();
    }
  }

  private Subscription toy() {
    return Subscription.of(TOY, Set.of(TestFacts.ADDED), this::remember);
  }

  private void remember(List<Message> batch, UnitOfWork tx) {
    batches.add(batch.size());
    for (Message message : batch) {
      beforeEffect.accept(message);
      world.effects().add(tx, TOY, message);
    }
  }

  private Event publish(UUID key, long number) {
    return world.transactions().call(tx -> tx.publish(new Added(key, number), CAUSE));
  }

  private List<Event> publish(UUID key, long... numbers) {
    return world
        .transactions()
        .call(tx ->
            LongStream.of(numbers)
                .mapToObj(number -> tx.publish(new Added(key, number), CAUSE))
                .toList());
  }

  private List<UUID> effectIds() {
    return world.effects().of(TOY).stream().map(Effect::eventId).toList();
  }

  private List<Long> numbersOf(UUID key) {
    return world.effects().of(TOY).stream()
        .filter(effect -> effect.key().equals(key))
        .map(Effect::number)
        .toList();
  }

  private DeadLetter onlyLetter() {
    List<DeadLetter> open = world.deadLetters().list(null, 10);
    assertThat(open).hasSize(1);
    return open.getFirst();
  }

  private DeadLetters.Detail detail(UUID id) {
    return world.deadLetters().find(id).orElseThrow();
  }

  /** Events with this number are poison until {@link #heal()}. */
  private void poison(long number) {
    beforeEffect =
        message -> {
          if (message.payload(Added.class).number() == number) {
            throw new IllegalArgumentException("poison " + number);
          }
        };
  }

  private void heal() {
    beforeEffect = _ -> {};
  }

  /** A process whose subscription has a dead letter: the event with the number 13. */
  private Node withDeadLetter(UUID key) {
    beforeEffect =
        message -> {
          if (message.payload(Added.class).number() == 13) {
            throw new Unprocessable("thirteen");
          }
        };
    publish(key, 13);
    Node process = world.node(toy());
    process.drain();
    assertThat(onlyLetter().event().key()).isEqualTo(key);
    return process;
  }

  private void needs(Trait trait) {
    assumeFalse(world.lacks().contains(trait), () -> "this transport lacks " + trait);
  }

  // Delivery

  @Test
  void every_event_of_a_subscribed_type_takes_effect() {
    Node process = world.node(toy());
    process.drain();
    List<UUID> published =
        IntStream.range(0, 50).mapToObj(i -> publish(UUID.randomUUID(), i).id()).toList();

    process.drain();

    assertThat(effectIds()).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void events_published_before_the_subscription_existed_arrive_too() {
    Event early = publish(UUID.randomUUID(), 1);

    world.node(toy()).drain();

    assertThat(effectIds()).containsExactly(early.id());
  }

  @Test
  void events_of_other_types_do_not_arrive() {
    List<String> handled = new ArrayList<>();
    Node process =
        world.node(
            Subscription.of(
                TOY,
                Set.of(TestFacts.ADDED),
                (batch, _) -> batch.forEach(m -> handled.add(m.type()))));
    world
        .transactions()
        .run(tx -> {
          tx.publish(new Noted(UUID.randomUUID(), "no subscriber"), CAUSE);
          tx.publish(new Added(UUID.randomUUID(), 1), CAUSE);
          tx.publish(new Echoed(UUID.randomUUID(), 1), CAUSE);
        });

    process.drain();

    assertThat(handled).containsExactly(TestFacts.ADDED);
  }

  @Test
  void many_events_of_other_types_do_not_delay_the_next_one() {
    Node process = world.node(toy());
    process.drain();
    for (int i = 0; i < 5; i++) {
      world
          .transactions()
          .run(tx ->
              IntStream.range(0, 5_000)
                  .forEach(n -> tx.publish(new Noted(new UUID(0, n), ""), CAUSE)));
    }
    Event wanted = publish(UUID.randomUUID(), 1);

    process.drain();

    assertThat(effectIds()).containsExactly(wanted.id());
  }

  @Test
  void an_event_arrives_as_it_was_published() {
    List<Event> handled = new ArrayList<>();
    Added fact = new Added(UUID.randomUUID(), 7, "\"quoted\" \\ täxt\n\u2028🐭");
    Cause cause = new Cause("correlation", UUID.randomUUID(), "00-trace", "state");
    Node process =
        world.node(
            Subscription.of(
                TOY,
                Set.of(TestFacts.ADDED),
                (batch, _) ->
                    batch.forEach(m -> {
                      handled.add(m.event());
                      assertThat(m.payload()).isEqualTo(fact);
                    })));
    Event published = world.transactions().call(tx -> tx.publish(fact, cause));

    process.drain();

    assertThat(handled).containsExactly(published);
    assertThat(published.cause())
        .isEqualTo(new Cause("correlation", published.id(), "00-trace", "state"));
  }

  @Test
  void events_of_one_key_take_effect_in_order() {
    List<UUID> keys = IntStream.range(0, 7).mapToObj(_ -> UUID.randomUUID()).toList();
    for (int number = 0; number < 30; number++) {
      for (UUID key : keys) {
        publish(key, number);
      }
    }

    world.node(toy()).drain();

    for (UUID key : keys) {
      assertThat(numbersOf(key))
          .containsExactlyElementsOf(LongStream.range(0, 30).boxed().toList());
    }
  }

  @Test
  void waiting_events_arrive_in_batches_within_the_limit() {
    Subscription small =
        new Subscription(TOY, Set.of(TestFacts.ADDED), this::remember, 8, RetryPolicy.DEFAULT);
    world
        .transactions()
        .run(tx ->
            IntStream.range(0, 100).forEach(n -> tx.publish(new Added(new UUID(1, n), n), CAUSE)));

    world.node(small).drain();

    assertThat(effectIds()).hasSize(100);
    assertThat(batches).allSatisfy(size -> assertThat(size).isBetween(1, 8));
    assertThat(batches).as("batches, not single events").hasSizeLessThan(50);
  }

  @Test
  void events_of_a_rolled_back_transaction_are_not_delivered() {
    assertThatThrownBy(() ->
            world
                .transactions()
                .run(tx -> {
                  tx.publish(new Added(UUID.randomUUID(), 1), CAUSE);
                  throw new IllegalStateException("rolled back");
                }))
        .hasMessage("rolled back");
    Event kept = publish(UUID.randomUUID(), 2);

    world.node(toy()).drain();

    assertThat(effectIds()).containsExactly(kept.id());
  }

  @Test
  void events_of_a_handler_reach_other_subscriptions() {
    Subscription answering =
        Subscription.of(
            TOY,
            Set.of(TestFacts.ADDED),
            (batch, tx) -> {
              for (Message message : batch) {
                Added added = message.payload(Added.class);
                tx.publish(new Echoed(added.counter(), added.number() * 2), message.cause());
              }
            });
    List<Long> echoes = new ArrayList<>();
    List<@Nullable UUID> causes = new ArrayList<>();
    Subscription echo =
        Subscription.of(
            "echo",
            Set.of(TestFacts.ECHOED),
            (batch, _) ->
                batch.forEach(m -> {
                  echoes.add(m.payload(Echoed.class).number());
                  causes.add(m.event().causationId());
                }));
    Event asked = publish(UUID.randomUUID(), 21);

    world.node(answering).drain();
    world.node(echo).drain();

    assertThat(echoes).containsExactly(42L);
    assertThat(causes).containsExactly(asked.id());
  }

  // Exactly once

  @Test
  void progress_survives_a_restart() {
    Event first = publish(UUID.randomUUID(), 1);
    world.node(toy()).drain();
    Event second = publish(UUID.randomUUID(), 2);
    world.elapse(PAST_THE_LEASE);

    world.node(toy()).drain();

    assertThat(effectIds()).containsExactly(first.id(), second.id());
  }

  @Test
  void a_crash_before_the_commit_leaves_no_effect_and_the_next_process_brings_it() {
    Event event = publish(UUID.randomUUID(), 1);
    Node dying = world.node(toy());
    dying.crashAt(CrashPoint.AFTER_EFFECT);
    dying.drain();
    assertThat(effectIds()).isEmpty();
    world.elapse(PAST_THE_LEASE);

    world.node(toy()).drain();

    assertThat(effectIds()).containsExactly(event.id());
  }

  @Test
  void a_crash_after_the_commit_does_not_repeat_the_effect() {
    Event first = publish(UUID.randomUUID(), 1);
    Node dying = world.node(toy());
    dying.crashAt(CrashPoint.AFTER_COMMIT);
    dying.drain();
    assertThat(effectIds()).containsExactly(first.id());
    Event second = publish(UUID.randomUUID(), 2);
    world.elapse(PAST_THE_LEASE);

    world.node(toy()).drain();

    assertThat(effectIds()).containsExactly(first.id(), second.id());
  }

  @Test
  void a_crash_while_an_event_is_parked_still_parks_it_once() {
    UUID key = UUID.randomUUID();
    poison(1);
    publish(key, 1, 2);
    for (CrashPoint point : CrashPoint.values()) {
      Node dying = world.node(toy());
      dying.loop().step(); // claims it; the next transactions fail, and the last one parks
      dying.crashAt(point);
      dying.drain();
      world.elapse(PAST_THE_LEASE);
    }
    heal();

    world.node(toy()).drain();
    world.elapse(PAST_ANY_PAUSE);
    world.node(toy()); // never runs
    world.elapse(PAST_THE_LEASE);
    world.node(toy()).drain();

    assertThat(numbersOf(key)).containsExactly(1L, 2L);
  }

  @Test
  void a_second_process_stands_by_until_the_lease_has_ended() {
    Node first = world.node(toy());
    first.drain();
    Node second = world.node(toy());
    second.drain();
    assertThat(second.loop().state()).isEqualTo(LoopState.STANDBY);
    Event event = publish(UUID.randomUUID(), 1);
    second.drain();
    assertThat(effectIds()).isEmpty();

    world.elapse(PAST_THE_LEASE);
    second.drain();

    assertThat(second.loop().state()).isEqualTo(LoopState.RUNNING);
    assertThat(effectIds()).containsExactly(event.id());
  }

  @Test
  void an_idle_process_keeps_its_lease() {
    Node first = world.node(toy());
    first.drain();
    Node second = world.node(toy());
    for (int i = 0; i < 6; i++) {
      world.elapse(Duration.ofSeconds(4));
      first.drain();
      second.drain();
    }

    assertThat(first.loop().state()).isEqualTo(LoopState.RUNNING);
    assertThat(second.loop().state()).isEqualTo(LoopState.STANDBY);
  }

  @Test
  void a_process_that_only_passes_events_over_keeps_its_lease() {
    Node first = world.node(toy());
    first.drain();
    Node second = world.node(toy());
    for (int i = 0; i < 6; i++) {
      world.elapse(Duration.ofSeconds(4));
      world.transactions().run(tx -> tx.publish(new Noted(new UUID(0, 1), ""), CAUSE));
      // The process has an event to pass over, so it takes no idle step.
      first.drain();
      second.drain();
    }

    assertThat(first.loop().state()).isEqualTo(LoopState.RUNNING);
    assertThat(second.loop().state()).isEqualTo(LoopState.STANDBY);
  }

  @Test
  void a_process_that_was_replaced_changes_nothing() {
    Node stale = world.node(toy());
    stale.drain();
    world.elapse(PAST_THE_LEASE);
    Node owner = world.node(toy());
    owner.drain();
    Event event = publish(UUID.randomUUID(), 1);

    stale.drain();

    assertThat(batches).as("its handler has worked").containsExactly(1);
    assertThat(effectIds()).as("for nothing").isEmpty();
    assertThat(stale.loop().state()).isEqualTo(LoopState.STANDBY);
    owner.drain();
    assertThat(effectIds()).containsExactly(event.id());
  }

  @Test
  void a_process_that_was_replaced_parks_nothing() {
    Node stale = world.node(toy());
    stale.drain();
    world.elapse(PAST_THE_LEASE);
    Node owner = world.node(toy());
    owner.drain();
    Event event = publish(UUID.randomUUID(), 1);
    poison(1);

    stale.drain();

    assertThat(world.tally(TOY).parked()).isZero();
    heal();
    owner.drain();
    assertThat(effectIds()).containsExactly(event.id());
  }

  // Parking and retries

  @Test
  void a_poison_event_harms_no_other_and_is_found_by_halving() {
    List<UUID> keys = IntStream.range(0, 64).mapToObj(_ -> UUID.randomUUID()).toList();
    world
        .transactions()
        .run(tx ->
            IntStream.range(0, 64).forEach(n -> tx.publish(new Added(keys.get(n), n), CAUSE)));
    poison(37);

    world.node(toy()).drain();

    assertThat(world.effects().of(TOY)).hasSize(63).noneMatch(effect -> effect.number() == 37);
    assertThat(world.tally(TOY)).isEqualTo(new Tally(64, 63, 0, 1));
    if (batches.getFirst() == 64) {
      // 64, 32 (fails or not) … 1: two of each size, and the whole.
      assertThat(batches).hasSize(13);
    }
  }

  @Test
  void later_events_of_the_key_wait_behind_a_failed_one_and_go_on_in_order() {
    UUID key = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    poison(2);
    publish(key, 1, 2, 3);
    publish(other, 1);
    Node process = world.node(toy());
    process.drain();
    publish(key, 4, 5);
    publish(other, 3);
    process.drain();
    assertThat(numbersOf(key)).containsExactly(1L);
    assertThat(numbersOf(other)).containsExactly(1L, 3L);

    heal();
    publish(key, 6);
    world.elapse(PAST_ANY_PAUSE);
    process.drain();

    assertThat(numbersOf(key)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(world.tally(TOY).parked()).isZero();
  }

  @Test
  void a_chain_of_failing_events_is_handled_one_after_another() {
    UUID key = UUID.randomUUID();
    beforeEffect =
        message -> {
          if (message.payload(Added.class).number() % 2 == 1) {
            throw new IllegalArgumentException("odd");
          }
        };
    publish(key, 1, 2, 3, 4);
    Node process = world.node(toy());
    process.drain();
    assertThat(numbersOf(key)).isEmpty();
    beforeEffect =
        message -> {
          if (message.payload(Added.class).number() == 3) {
            throw new IllegalArgumentException("three");
          }
        };
    world.elapse(PAST_ANY_PAUSE);
    process.drain();
    assertThat(numbersOf(key)).containsExactly(1L, 2L);
    heal();
    world.elapse(PAST_ANY_PAUSE);
    process.drain();

    assertThat(numbersOf(key)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void retries_run_after_1_2_and_4_seconds_with_20_percent_jitter() {
    needs(Trait.STOPPED_CLOCK);
    poison(1);
    publish(UUID.randomUUID(), 1);
    Node process = world.node(toy());
    process.drain();
    int attempts = 1;
    for (long seconds : new long[] {1, 2, 4}) {
      Duration pause = world.parking().untilNextDue(TOY).orElseThrow();
      assertThat(pause)
          .isBetween(Duration.ofMillis(seconds * 800 - 1), Duration.ofMillis(seconds * 1200 + 1));
      world.elapse(pause.minusMillis(2));
      process.drain();
      assertThat(batches).as("too early").hasSize(attempts);
      world.elapse(Duration.ofMillis(2));
      process.drain();
      assertThat(batches).hasSize(++attempts);
    }
    assertThat(onlyLetter().attempts()).isEqualTo(4);
  }

  @Test
  void an_event_that_fails_four_times_becomes_a_dead_letter() {
    UUID key = UUID.randomUUID();
    poison(1);
    Event event = publish(key, 1);
    publish(key, 2);
    Node process = world.node(toy());
    process.drain();
    for (int attempt = 2; attempt <= 4; attempt++) {
      assertThat(world.deadLetters().list(null, 10)).isEmpty();
      world.elapse(PAST_ANY_PAUSE);
      process.drain();
    }

    DeadLetter letter = onlyLetter();
    assertThat(letter.event()).isEqualTo(event);
    assertThat(letter.subscription()).isEqualTo(TOY);
    assertThat(letter.attempts()).isEqualTo(4);
    assertThat(letter.errorType()).isEqualTo("IllegalArgumentException");
    assertThat(letter.errorMessage()).isEqualTo("poison 1");
    assertThat(letter.blocked()).isEqualTo(1);
    assertThat(letter.lastFailedAt()).isAfterOrEqualTo(letter.firstFailedAt());
    assertThat(detail(letter.id()).status()).isEqualTo("OPEN");
    assertThat(detail(letter.id()).stackTrace()).contains("poison 1");
    world.elapse(Duration.ofHours(1));
    process.drain();
    assertThat(numbersOf(key)).as("its key stays parked").isEmpty();
    assertThat(announcements()).containsExactly("dead_lettered");
  }

  @Test
  void an_unprocessable_event_becomes_a_dead_letter_at_once() {
    withDeadLetter(UUID.randomUUID());

    assertThat(onlyLetter().attempts()).isEqualTo(1);
    assertThat(onlyLetter().errorType()).isEqualTo("Unprocessable");
  }

  @Test
  void an_event_that_cannot_be_decoded_becomes_a_dead_letter_at_once() {
    Event broken = publish(UUID.randomUUID(), 1).withData("{}");
    Event unreadable =
        new Event(
            UUID.randomUUID(),
            broken.type(),
            broken.subject(),
            UUID.randomUUID(),
            broken.time(),
            "contract",
            null,
            null,
            null,
            "{}");
    world.transactions().run(tx -> tx.publish(unreadable));

    world.node(toy()).drain();

    assertThat(effectIds()).containsExactly(broken.id());
    assertThat(onlyLetter().event()).isEqualTo(unreadable);
  }

  @Test
  void an_error_text_of_any_length_and_with_any_character_is_kept() {
    beforeEffect =
        _ -> {
          throw new Unprocessable("null \0 character, " + "x".repeat(100_000));
        };
    publish(UUID.randomUUID(), 1);

    world.node(toy()).drain();

    assertThat(onlyLetter().errorMessage()).startsWith("null \uFFFD character, xxx");
  }

  @Test
  void an_unavailable_dependency_uses_up_no_attempt() {
    Event event = publish(UUID.randomUUID(), 1);
    beforeEffect =
        _ -> {
          throw new DependencyUnavailable("provider is down", new IllegalStateException());
        };
    Node process = world.node(toy());
    for (int i = 0; i < 10; i++) {
      process.drain();
      world.elapse(Duration.ofSeconds(5));
      assertThat(process.loop().state()).isEqualTo(LoopState.PROBING);
      assertThat(process.loop().lastError()).isEqualTo("provider is down");
    }
    assertThat(world.tally(TOY).parked()).isZero();

    heal();
    process.drain();

    assertThat(process.loop().state()).isEqualTo(LoopState.RUNNING);
    assertThat(process.loop().lastError()).isNull();
    assertThat(effectIds()).containsExactly(event.id());
  }

  @Test
  void an_unavailable_dependency_uses_up_no_attempt_of_a_parked_event() {
    UUID key = UUID.randomUUID();
    poison(1);
    publish(key, 1);
    Node process = world.node(toy());
    process.drain();
    beforeEffect =
        _ -> {
          throw new DependencyUnavailable("provider is down", new IllegalStateException());
        };
    for (int i = 0; i < 10; i++) {
      world.elapse(PAST_ANY_PAUSE);
      process.drain();
    }
    assertThat(world.deadLetters().list(null, 10)).isEmpty();

    heal();
    process.drain();

    assertThat(numbersOf(key)).containsExactly(1L);
  }

  // Concurrent transactions

  @Test
  void a_transaction_that_lost_to_another_one_runs_again_and_publishes_once() {
    UUID key = UUID.randomUUID();
    Node process = world.node(toy());
    AtomicInteger runs = new AtomicInteger();
    world
        .transactions()
        .run(tx -> {
          tx.publish(new Added(key, runs.incrementAndGet()), CAUSE);
          if (runs.get() < 4) {
            throw new TransactionConflict("another transaction came first");
          }
        });
    process.drain();

    assertThat(numbersOf(key)).containsExactly(4L);
  }

  @Test
  void a_transaction_that_loses_in_four_runs_fails_and_changes_nothing() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() ->
            world
                .transactions()
                .run(tx -> {
                  tx.publish(new Added(UUID.randomUUID(), runs.incrementAndGet()), CAUSE);
                  throw new TransactionConflict("another transaction came first");
                }))
        .isInstanceOf(TransactionConflict.class);

    assertThat(runs).hasValue(4);
    assertThat(world.log().end()).isZero();
  }

  // Operators

  @Test
  void a_retried_letter_takes_effect_in_its_place_in_the_order() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    publish(key, 14, 15);
    process.drain();
    heal();
    UUID letter = onlyLetter().id();
    assertThat(onlyLetter().blocked()).isEqualTo(2);

    assertThat(world.operators().retry(letter, null, "ana")).isInstanceOf(Outcome.Done.class);
    publish(key, 16);
    process.drain();

    assertThat(numbersOf(key)).containsExactly(13L, 14L, 15L, 16L);
    assertThat(detail(letter).status()).isEqualTo("RESOLVED");
    assertThat(detail(letter).actions())
        .extracting(DeadLetters.Action::kind, DeadLetters.Action::by)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("dead_lettered", "reserva"),
            org.assertj.core.groups.Tuple.tuple("retried", "ana"));
    assertThat(world.deadLetters().list(null, 10)).isEmpty();
    assertThat(announcements()).containsExactly("dead_lettered", "retried");
  }

  @Test
  void a_retried_letter_that_fails_again_gets_all_attempts_and_is_then_open_again() {
    Node process = withDeadLetter(UUID.randomUUID());
    UUID letter = onlyLetter().id();
    poison(13);
    world.operators().retry(letter, null, "ana");
    process.drain();
    assertThat(detail(letter).status()).isEqualTo("RETRYING");
    for (int attempt = 2; attempt <= 4; attempt++) {
      world.elapse(PAST_ANY_PAUSE);
      process.drain();
    }

    assertThat(onlyLetter().id()).isEqualTo(letter);
    assertThat(onlyLetter().attempts()).isEqualTo(5);
    assertThat(onlyLetter().errorMessage()).isEqualTo("poison 13");
    assertThat(announcements()).containsExactly("dead_lettered", "retried", "dead_lettered");
  }

  @Test
  void an_edited_letter_takes_effect_as_edited_and_its_original_is_kept() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    publish(key, 14);
    process.drain();
    DeadLetter letter = onlyLetter();

    Outcome outcome =
        world.operators().retry(letter.id(), TestFacts.json(new Added(key, 12)), "ana");
    process.drain();

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(numbersOf(key)).containsExactly(12L, 14L);
    assertThat(effectIds().getFirst()).isEqualTo(letter.event().id());
    assertThat(detail(letter.id()).originalData()).isEqualTo(letter.event().data());
    assertThat(detail(letter.id()).letter().event().data())
        .isEqualTo(TestFacts.json(new Added(key, 12)));
    assertThat(detail(letter.id()).actions())
        .extracting(DeadLetters.Action::kind)
        .containsExactly("dead_lettered", "edited", "retried");
    assertThat(world.log().ofKey(key, 0, 1).getFirst().event().data())
        .as("the log is never edited")
        .isEqualTo(letter.event().data());
  }

  @Test
  void repeated_edits_keep_the_first_payload_as_the_original() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    DeadLetter letter = onlyLetter();
    world.operators().retry(letter.id(), TestFacts.json(new Added(key, 13, "again")), "ana");
    process.drain();

    world.operators().retry(letter.id(), TestFacts.json(new Added(key, 12)), "ben");
    process.drain();

    assertThat(detail(letter.id()).originalData()).isEqualTo(letter.event().data());
    assertThat(numbersOf(key)).containsExactly(12L);
  }

  @Test
  void a_refused_edit_changes_nothing() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    DeadLetters.Detail before = detail(onlyLetter().id());

    Outcome outcome =
        world
            .operators()
            .retry(before.letter().id(), TestFacts.json(new Added(UUID.randomUUID(), 1)), "ana");
    process.drain();

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(detail(before.letter().id())).isEqualTo(before);
  }

  @Test
  void a_discarded_letter_takes_no_effect_and_the_events_behind_it_continue() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    publish(key, 14, 15);
    process.drain();
    UUID letter = onlyLetter().id();

    assertThat(world.operators().discard(letter, "a test", "ana")).isInstanceOf(Outcome.Done.class);
    process.drain();

    assertThat(numbersOf(key)).containsExactly(14L, 15L);
    assertThat(detail(letter).status()).isEqualTo("DISCARDED");
    assertThat(detail(letter).actions().getLast().reason()).isEqualTo("a test");
    assertThat(world.tally(TOY)).isEqualTo(new Tally(3, 2, 1, 0));
    assertThat(announcements()).containsExactly("dead_lettered", "discarded");
  }

  @Test
  void an_action_on_a_letter_that_is_not_open_any_more_is_a_conflict_and_changes_nothing() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    UUID letter = onlyLetter().id();
    heal();
    world.operators().retry(letter, null, "ana");

    assertThat(world.operators().retry(letter, null, "ben"))
        .isEqualTo(new Outcome.Conflict("RETRYING"));
    assertThat(world.operators().discard(letter, "late", "ben"))
        .isEqualTo(new Outcome.Conflict("RETRYING"));
    process.drain();
    assertThat(world.operators().retry(letter, null, "ben"))
        .isEqualTo(new Outcome.Conflict("RESOLVED"));
    process.drain();

    assertThat(numbersOf(key)).containsExactly(13L);
  }

  @Test
  void a_command_whose_transaction_rolls_back_leaves_the_letter_as_it_was() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    publish(key, 14);
    process.drain();
    DeadLetters.Detail before = detail(onlyLetter().id());
    UUID letter = before.letter().id();
    String edited = TestFacts.json(new Added(key, 12));
    List<Consumer<UnitOfWork>> commands =
        List.of(
            tx -> world.deadLetters().retry(letter, edited, "ana", tx),
            tx -> world.deadLetters().retryAll(null, null, null, "ana", 10, tx),
            tx -> world.deadLetters().discard(letter, "a test", "ana", tx));

    for (Consumer<UnitOfWork> command : commands) {
      assertThatThrownBy(() ->
              world
                  .transactions()
                  .run(tx -> {
                    command.accept(tx);
                    throw new IllegalStateException("after the command");
                  }))
          .hasMessage("after the command");
      process.drain();

      assertThat(detail(letter)).isEqualTo(before);
    }
    assertThat(numbersOf(key)).isEmpty();
    assertThat(announcements()).containsExactly("dead_lettered");
  }

  @Test
  void an_unknown_letter_is_unknown() {
    assertThat(world.operators().retry(UUID.randomUUID(), null, "ana"))
        .isEqualTo(new Outcome.Unknown());
    assertThat(world.operators().discard(UUID.randomUUID(), "none", "ana"))
        .isEqualTo(new Outcome.Unknown());
    assertThat(world.deadLetters().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void letters_are_retried_by_group() {
    beforeEffect =
        message -> {
          long number = message.payload(Added.class).number();
          if (number < 10) {
            throw new Unprocessable("small");
          } else if (number < 12) {
            throw new LinkageError("no class");
          }
        };
    Subscription once =
        new Subscription(
            TOY, Set.of(TestFacts.ADDED), this::remember, 500, new RetryPolicy(List.of(), 0));
    for (int number = 4; number < 13; number++) {
      publish(UUID.randomUUID(), number);
    }
    Node process = world.node(once);
    process.drain();
    assertThat(world.deadLetters().groups())
        .containsExactly(
            new DeadLetters.Group(TOY, TestFacts.ADDED, "Unprocessable", 6),
            new DeadLetters.Group(TOY, TestFacts.ADDED, "LinkageError", 2));
    heal();

    assertThat(world.operators().retryAll("other", null, null, "ana", 100)).isZero();
    assertThat(world.operators().retryAll(TOY, TestFacts.ADDED, "Unprocessable", "ana", 4))
        .isEqualTo(4);
    process.drain();
    assertThat(world.effects().of(TOY)).hasSize(5);
    assertThat(world.operators().retryAll(null, null, null, "ana", 100)).isEqualTo(4);
    process.drain();

    assertThat(world.effects().of(TOY)).hasSize(9);
    assertThat(world.deadLetters().groups()).isEmpty();
  }

  @Test
  void letters_are_listed_newest_first_page_by_page() {
    beforeEffect =
        _ -> {
          throw new Unprocessable("all of them");
        };
    List<UUID> events =
        IntStream.range(0, 5).mapToObj(n -> publish(UUID.randomUUID(), n).id()).toList();
    Node process = world.node(toy());
    process.drain();

    List<DeadLetter> first = world.deadLetters().list(null, 3);
    List<DeadLetter> second = world.deadLetters().list(first.getLast().id(), 3);

    List<UUID> listed = new ArrayList<>();
    first.forEach(letter -> listed.add(letter.event().id()));
    second.forEach(letter -> listed.add(letter.event().id()));
    assertThat(first).hasSize(3);
    assertThat(second).hasSize(2);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(events);
    assertThat(first).isSortedAccordingTo((a, b) -> b.id().toString().compareTo(a.id().toString()));
  }

  // Replay

  @Test
  void a_subscription_can_be_replayed() {
    needs(Trait.REPLAY);
    UUID key = UUID.randomUUID();
    publish(key, 1, 2, 3);
    Node process = world.node(toy());
    process.drain();
    long after = world.log().ofKey(key, 0, 1).getFirst().position();

    replay(after);
    process.drain();
    process.drain(); // the first call only notices the rewind

    assertThat(numbersOf(key)).containsExactly(1L, 2L, 3L, 2L, 3L);
  }

  @Test
  void a_replay_leaves_parked_events_unchanged() {
    needs(Trait.REPLAY);
    UUID key = UUID.randomUUID();
    publish(key, 11, 12);
    Node process = withDeadLetter(key);
    publish(key, 14);
    process.drain();
    UUID letter = onlyLetter().id();

    replay(0);
    process.drain();
    process.drain();

    assertThat(onlyLetter().id()).isEqualTo(letter);
    assertThat(world.tally(TOY).parked()).isEqualTo(2);
    assertThat(numbersOf(key))
        .as("what came before it is handled again")
        .containsExactly(11L, 12L, 11L, 12L);
    heal();
    world.operators().retry(letter, null, "ana");
    process.drain();
    assertThat(numbersOf(key)).containsExactly(11L, 12L, 11L, 12L, 13L, 14L);
  }

  @Test
  void after_a_replay_events_wait_behind_an_earlier_failure() {
    needs(Trait.REPLAY);
    UUID key = UUID.randomUUID();
    publish(key, 11, 12);
    Node process = withDeadLetter(key);
    publish(key, 14);
    process.drain();
    UUID letter = onlyLetter().id();
    Map<Long, RuntimeException> failures = new HashMap<>();
    failures.put(11L, new Unprocessable("eleven"));
    beforeEffect =
        message -> {
          RuntimeException failure = failures.get(message.payload(Added.class).number());
          if (failure != null) {
            throw failure;
          }
        };
    replay(0);
    process.drain();
    process.drain();
    assertThat(world.deadLetters().list(null, 10)).hasSize(2);

    // The later one is retried first, and must not overtake the earlier one.
    assertThat(world.operators().retry(letter, null, "ana")).isInstanceOf(Outcome.Done.class);
    process.drain();
    assertThat(numbersOf(key)).containsExactly(11L, 12L);
    failures.clear();
    world.operators().retry(onlyLetter().id(), null, "ana");
    process.drain();

    assertThat(numbersOf(key)).containsExactly(11L, 12L, 11L, 12L, 13L, 14L);
    assertThat(world.tally(TOY).parked()).isZero();
  }

  private void replay(long after) {
    world.elapse(Duration.ofSeconds(4)); // the next renewal finds out
    assertThat(world.transactions().<Boolean>call(tx -> world.cursors().rewind(tx, TOY, after)))
        .isTrue();
  }

  /** The announcements about dead letters, in order. */
  private List<String> announcements() {
    return world
        .log()
        .search(new EventLog.Filter(null, null, TestFacts.LETTER, null), 0, 100)
        .entries()
        .stream()
        .map(entry ->
            TestFacts.catalogue().payload(entry.event()) instanceof LetterChanged changed
                ? changed.action()
                : "?")
        .toList();
  }
}
