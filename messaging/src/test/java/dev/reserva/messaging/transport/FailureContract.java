package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.transport.TransportHarness.Node;
import dev.reserva.messaging.transport.TransportHarness.Tally;
import dev.reserva.messaging.transport.TransportHarness.Trait;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events that fail are retried and then given up, and harm no others. */
interface FailureContract extends ToyService {

  @Test
  default void a_poison_event_harms_no_other_and_is_found_by_halving() {
    List<UUID> keys = IntStream.range(0, 64).mapToObj(_ -> UUID.randomUUID()).toList();
    world()
        .transactions()
        .run(tx ->
            IntStream.range(0, 64).forEach(n -> tx.publish(new Added(keys.get(n), n), CAUSE)));
    poison(37);

    world().node(toy()).drain();

    assertThat(world().effects().of(TOY)).hasSize(63).noneMatch(effect -> effect.number() == 37);
    assertThat(world().tally(TOY)).isEqualTo(new Tally(64, 63, 0, 1));
    if (batches().getFirst() == 64) {
      // 64, 32 (fails or not) … 1: two of each size, and the whole.
      assertThat(batches()).hasSize(13);
    }
  }

  @Test
  default void retries_run_after_1_2_and_4_seconds_with_20_percent_jitter() {
    needs(Trait.STOPPED_CLOCK);
    poison(1);
    publish(UUID.randomUUID(), 1);
    Node process = world().node(toy());
    process.drain();
    int attempts = 1;
    for (long seconds : new long[] {1, 2, 4}) {
      Duration pause = world().parking().untilNextDue(TOY).orElseThrow();
      assertThat(pause)
          .isBetween(Duration.ofMillis(seconds * 800 - 1), Duration.ofMillis(seconds * 1200 + 1));
      world().elapse(pause.minusMillis(2));
      process.drain();
      assertThat(batches()).as("too early").hasSize(attempts);
      world().elapse(Duration.ofMillis(2));
      process.drain();
      assertThat(batches()).hasSize(++attempts);
    }
    assertThat(onlyLetter().attempts()).isEqualTo(4);
  }

  @Test
  default void an_event_that_fails_four_times_becomes_a_dead_letter() {
    UUID key = UUID.randomUUID();
    poison(1);
    Event event = publish(key, 1);
    publish(key, 2);
    Node process = world().node(toy());
    process.drain();
    for (int attempt = 2; attempt <= 4; attempt++) {
      assertThat(world().deadLetters().list(null, 10)).isEmpty();
      world().elapse(PAST_ANY_PAUSE);
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
    world().elapse(Duration.ofHours(1));
    process.drain();
    assertThat(numbersOf(key)).as("its key stays parked").isEmpty();
    assertThat(announcements()).containsExactly("dead_lettered");
  }

  @Test
  default void an_unprocessable_event_becomes_a_dead_letter_at_once() {
    withDeadLetter(UUID.randomUUID());

    assertThat(onlyLetter().attempts()).isEqualTo(1);
    assertThat(onlyLetter().errorType()).isEqualTo("Unprocessable");
  }

  @Test
  default void an_event_that_cannot_be_decoded_becomes_a_dead_letter_at_once() {
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
    world().transactions().run(tx -> tx.publish(unreadable));

    world().node(toy()).drain();

    assertThat(effectIds()).containsExactly(broken.id());
    assertThat(onlyLetter().event()).isEqualTo(unreadable);
  }

  @Test
  default void an_error_text_of_any_length_and_with_any_character_is_kept() {
    beforeEffect(_ -> {
      throw new Unprocessable("null \0 character, " + "x".repeat(100_000));
    });
    publish(UUID.randomUUID(), 1);

    world().node(toy()).drain();

    assertThat(onlyLetter().errorMessage()).startsWith("null \uFFFD character, xxx");
  }

  @Test
  default void an_unavailable_dependency_uses_up_no_attempt() {
    Event event = publish(UUID.randomUUID(), 1);
    beforeEffect(_ -> {
      throw new DependencyUnavailable("provider is down", new IllegalStateException());
    });
    Node process = world().node(toy());
    for (int i = 0; i < 10; i++) {
      process.drain();
      world().elapse(Duration.ofSeconds(5));
      assertThat(process.loop().state()).isEqualTo(LoopState.PROBING);
      assertThat(process.loop().lastError()).isEqualTo("provider is down");
    }
    assertThat(world().tally(TOY).parked()).isZero();

    heal();
    process.drain();

    assertThat(process.loop().state()).isEqualTo(LoopState.RUNNING);
    assertThat(process.loop().lastError()).isNull();
    assertThat(effectIds()).containsExactly(event.id());
  }

  @Test
  default void an_unavailable_dependency_uses_up_no_attempt_of_a_parked_event() {
    UUID key = UUID.randomUUID();
    poison(1);
    publish(key, 1);
    Node process = world().node(toy());
    process.drain();
    beforeEffect(_ -> {
      throw new DependencyUnavailable("provider is down", new IllegalStateException());
    });
    for (int i = 0; i < 10; i++) {
      world().elapse(PAST_ANY_PAUSE);
      process.drain();
    }
    assertThat(world().deadLetters().list(null, 10)).isEmpty();

    heal();
    process.drain();

    assertThat(numbersOf(key)).containsExactly(1L);
  }
}
