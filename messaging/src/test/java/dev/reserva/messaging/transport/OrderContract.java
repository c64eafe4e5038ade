package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.transport.TransportHarness.Node;
import dev.reserva.messaging.transport.TransportHarness.Trait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Every transport delivers the events of one key in order, also around failures and replays. */
interface OrderContract extends ToyService {

  @Test
  default void events_of_one_key_take_effect_in_order() {
    List<UUID> keys = IntStream.range(0, 7).mapToObj(_ -> UUID.randomUUID()).toList();
    for (int number = 0; number < 30; number++) {
      for (UUID key : keys) {
        publish(key, number);
      }
    }

    world().node(toy()).drain();

    for (UUID key : keys) {
      assertThat(numbersOf(key))
          .containsExactlyElementsOf(LongStream.range(0, 30).boxed().toList());
    }
  }

  @Test
  default void later_events_of_the_key_wait_behind_a_failed_one_and_go_on_in_order() {
    UUID key = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    poison(2);
    publish(key, 1, 2, 3);
    publish(other, 1);
    Node process = world().node(toy());
    process.drain();
    publish(key, 4, 5);
    publish(other, 3);
    process.drain();
    assertThat(numbersOf(key)).containsExactly(1L);
    assertThat(numbersOf(other)).containsExactly(1L, 3L);

    heal();
    publish(key, 6);
    world().elapse(PAST_ANY_PAUSE);
    process.drain();

    assertThat(numbersOf(key)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(world().tally(TOY).parked()).isZero();
  }

  @Test
  default void a_chain_of_failing_events_is_handled_one_after_another() {
    UUID key = UUID.randomUUID();
    beforeEffect(message -> {
      if (message.payload(Added.class).number() % 2 == 1) {
        throw new IllegalArgumentException("odd");
      }
    });
    publish(key, 1, 2, 3, 4);
    Node process = world().node(toy());
    process.drain();
    assertThat(numbersOf(key)).isEmpty();
    beforeEffect(message -> {
      if (message.payload(Added.class).number() == 3) {
        throw new IllegalArgumentException("three");
      }
    });
    world().elapse(PAST_ANY_PAUSE);
    process.drain();
    assertThat(numbersOf(key)).containsExactly(1L, 2L);
    heal();
    world().elapse(PAST_ANY_PAUSE);
    process.drain();

    assertThat(numbersOf(key)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  default void a_subscription_can_be_replayed() {
    needs(Trait.REPLAY);
    UUID key = UUID.randomUUID();
    publish(key, 1, 2, 3);
    Node process = world().node(toy());
    process.drain();
    long after = world().log().ofKey(key, 0, 1).getFirst().position();

    replay(after);
    process.drain();
    process.drain(); // the first call only notices the rewind

    assertThat(numbersOf(key)).containsExactly(1L, 2L, 3L, 2L, 3L);
  }

  @Test
  default void a_replay_leaves_parked_events_unchanged() {
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
    assertThat(world().tally(TOY).parked()).isEqualTo(2);
    assertThat(numbersOf(key))
        .as("what came before it is handled again")
        .containsExactly(11L, 12L, 11L, 12L);
    heal();
    world().operators().retry(letter, null, "ana");
    process.drain();
    assertThat(numbersOf(key)).containsExactly(11L, 12L, 11L, 12L, 13L, 14L);
  }

  @Test
  default void after_a_replay_events_wait_behind_an_earlier_failure() {
    needs(Trait.REPLAY);
    UUID key = UUID.randomUUID();
    publish(key, 11, 12);
    Node process = withDeadLetter(key);
    publish(key, 14);
    process.drain();
    UUID letter = onlyLetter().id();
    Map<Long, RuntimeException> failures = new HashMap<>();
    failures.put(11L, new Unprocessable("eleven"));
    beforeEffect(message -> {
      RuntimeException failure = failures.get(message.payload(Added.class).number());
      if (failure != null) {
        throw failure;
      }
    });
    replay(0);
    process.drain();
    process.drain();
    assertThat(world().deadLetters().list(null, 10)).hasSize(2);

    // The later one is retried first, and must not overtake the earlier one.
    assertThat(world().operators().retry(letter, null, "ana")).isInstanceOf(Outcome.Done.class);
    process.drain();
    assertThat(numbersOf(key)).containsExactly(11L, 12L);
    failures.clear();
    world().operators().retry(onlyLetter().id(), null, "ana");
    process.drain();

    assertThat(numbersOf(key)).containsExactly(11L, 12L, 11L, 12L, 13L, 14L);
    assertThat(world().tally(TOY).parked()).isZero();
  }
}
