package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.transport.TransportHarness.Node;
import dev.reserva.messaging.transport.TransportHarness.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Operators retry, edit and discard dead letters, whatever brought the event. */
interface OperatorContract extends ToyService {

  @Test
  default void a_retried_letter_takes_effect_in_its_place_in_the_order() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    publish(key, 14, 15);
    process.drain();
    heal();
    UUID letter = onlyLetter().id();
    assertThat(onlyLetter().blocked()).isEqualTo(2);

    assertThat(world().operators().retry(letter, null, "ana")).isInstanceOf(Outcome.Done.class);
    publish(key, 16);
    process.drain();

    assertThat(numbersOf(key)).containsExactly(13L, 14L, 15L, 16L);
    assertThat(detail(letter).status()).isEqualTo("RESOLVED");
    assertThat(detail(letter).actions())
        .extracting(DeadLetters.Action::kind, DeadLetters.Action::by)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("dead_lettered", "reserva"),
            org.assertj.core.groups.Tuple.tuple("retried", "ana"));
    assertThat(world().deadLetters().list(null, 10)).isEmpty();
    assertThat(announcements()).containsExactly("dead_lettered", "retried");
  }

  @Test
  default void a_retried_letter_that_fails_again_gets_all_attempts_and_is_then_open_again() {
    Node process = withDeadLetter(UUID.randomUUID());
    UUID letter = onlyLetter().id();
    poison(13);
    world().operators().retry(letter, null, "ana");
    process.drain();
    assertThat(detail(letter).status()).isEqualTo("RETRYING");
    for (int attempt = 2; attempt <= 4; attempt++) {
      world().elapse(PAST_ANY_PAUSE);
      process.drain();
    }

    assertThat(onlyLetter().id()).isEqualTo(letter);
    assertThat(onlyLetter().attempts()).isEqualTo(5);
    assertThat(onlyLetter().errorMessage()).isEqualTo("poison 13");
    assertThat(announcements()).containsExactly("dead_lettered", "retried", "dead_lettered");
  }

  @Test
  default void an_edited_letter_takes_effect_as_edited_and_its_original_is_kept() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    publish(key, 14);
    process.drain();
    DeadLetter letter = onlyLetter();

    Outcome outcome =
        world().operators().retry(letter.id(), TestFacts.json(new Added(key, 12)), "ana");
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
    assertThat(world().log().ofKey(key, 0, 1).getFirst().event().data())
        .as("the log is never edited")
        .isEqualTo(letter.event().data());
  }

  @Test
  default void repeated_edits_keep_the_first_payload_as_the_original() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    DeadLetter letter = onlyLetter();
    world().operators().retry(letter.id(), TestFacts.json(new Added(key, 13, "again")), "ana");
    process.drain();

    world().operators().retry(letter.id(), TestFacts.json(new Added(key, 12)), "ben");
    process.drain();

    assertThat(detail(letter.id()).originalData()).isEqualTo(letter.event().data());
    assertThat(numbersOf(key)).containsExactly(12L);
  }

  @Test
  default void a_refused_edit_changes_nothing() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    DeadLetters.Detail before = detail(onlyLetter().id());

    Outcome outcome =
        world()
            .operators()
            .retry(before.letter().id(), TestFacts.json(new Added(UUID.randomUUID(), 1)), "ana");
    process.drain();

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(detail(before.letter().id())).isEqualTo(before);
  }

  @Test
  default void a_discarded_letter_takes_no_effect_and_the_events_behind_it_continue() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    publish(key, 14, 15);
    process.drain();
    UUID letter = onlyLetter().id();

    assertThat(world().operators().discard(letter, "a test", "ana"))
        .isInstanceOf(Outcome.Done.class);
    process.drain();

    assertThat(numbersOf(key)).containsExactly(14L, 15L);
    assertThat(detail(letter).status()).isEqualTo("DISCARDED");
    assertThat(detail(letter).actions().getLast().reason()).isEqualTo("a test");
    assertThat(world().tally(TOY)).isEqualTo(new Tally(3, 2, 1, 0));
    assertThat(announcements()).containsExactly("dead_lettered", "discarded");
  }

  @Test
  default void an_action_on_a_letter_that_is_not_open_any_more_is_a_conflict_and_changes_nothing() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    UUID letter = onlyLetter().id();
    heal();
    world().operators().retry(letter, null, "ana");

    assertThat(world().operators().retry(letter, null, "ben"))
        .isEqualTo(new Outcome.Conflict("RETRYING"));
    assertThat(world().operators().discard(letter, "late", "ben"))
        .isEqualTo(new Outcome.Conflict("RETRYING"));
    process.drain();
    assertThat(world().operators().retry(letter, null, "ben"))
        .isEqualTo(new Outcome.Conflict("RESOLVED"));
    process.drain();

    assertThat(numbersOf(key)).containsExactly(13L);
  }

  @Test
  default void a_command_whose_transaction_rolls_back_leaves_the_letter_as_it_was() {
    UUID key = UUID.randomUUID();
    Node process = withDeadLetter(key);
    publish(key, 14);
    process.drain();
    DeadLetters.Detail before = detail(onlyLetter().id());
    UUID letter = before.letter().id();
    String edited = TestFacts.json(new Added(key, 12));
    List<Consumer<UnitOfWork>> commands =
        List.of(
            tx -> world().deadLetters().retry(letter, edited, "ana", tx),
            tx -> world().deadLetters().retryAll(null, null, null, "ana", 10, tx),
            tx -> world().deadLetters().discard(letter, "a test", "ana", tx));

    for (Consumer<UnitOfWork> command : commands) {
      assertThatThrownBy(() ->
              world()
                  .consumingTransactions()
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
  default void an_unknown_letter_is_unknown() {
    assertThat(world().operators().retry(UUID.randomUUID(), null, "ana"))
        .isEqualTo(new Outcome.Unknown());
    assertThat(world().operators().discard(UUID.randomUUID(), "none", "ana"))
        .isEqualTo(new Outcome.Unknown());
    assertThat(world().deadLetters().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  default void letters_are_retried_by_group() {
    beforeEffect(message -> {
      long number = message.payload(Added.class).number();
      if (number < 10) {
        throw new Unprocessable("small");
      } else if (number < 12) {
        throw new LinkageError("no class");
      }
    });
    Subscription once =
        new Subscription(
            TOY, Set.of(TestFacts.ADDED), this::remember, 500, new RetryPolicy(List.of(), 0));
    for (int number = 4; number < 13; number++) {
      publish(UUID.randomUUID(), number);
    }
    Node process = world().node(once);
    process.drain();
    assertThat(world().deadLetters().groups())
        .containsExactly(
            new DeadLetters.Group(TOY, TestFacts.ADDED, "Unprocessable", 6),
            new DeadLetters.Group(TOY, TestFacts.ADDED, "LinkageError", 2));
    heal();

    assertThat(world().operators().retryAll("other", null, null, "ana", 100)).isZero();
    assertThat(world().operators().retryAll(TOY, TestFacts.ADDED, "Unprocessable", "ana", 4))
        .isEqualTo(4);
    process.drain();
    assertThat(world().effects().of(TOY)).hasSize(5);
    assertThat(world().operators().retryAll(null, null, null, "ana", 100)).isEqualTo(4);
    process.drain();

    assertThat(world().effects().of(TOY)).hasSize(9);
    assertThat(world().deadLetters().groups()).isEmpty();
  }

  @Test
  default void letters_are_listed_newest_first_page_by_page() {
    beforeEffect(_ -> {
      throw new Unprocessable("all of them");
    });
    List<UUID> events =
        IntStream.range(0, 5).mapToObj(n -> publish(UUID.randomUUID(), n).id()).toList();
    Node process = world().node(toy());
    process.drain();

    List<DeadLetter> first = world().deadLetters().list(null, 3);
    List<DeadLetter> second = world().deadLetters().list(first.getLast().id(), 3);

    List<UUID> listed = new ArrayList<>();
    first.forEach(letter -> listed.add(letter.event().id()));
    second.forEach(letter -> listed.add(letter.event().id()));
    assertThat(first).hasSize(3);
    assertThat(second).hasSize(2);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(events);
    assertThat(first).isSortedAccordingTo((a, b) -> b.id().toString().compareTo(a.id().toString()));
  }
}
