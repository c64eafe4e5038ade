package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.LetterChanged;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.transport.TransportHarness.Effect;
import dev.reserva.messaging.transport.TransportHarness.Node;
import dev.reserva.messaging.transport.TransportHarness.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** A service that keeps the numbers of events. The contracts of transports are told with it. */
interface ToyService {

  String TOY = "toy";
  Cause CAUSE = Cause.of("contract");

  /** Longer than any lease. */
  Duration PAST_THE_LEASE = Duration.ofSeconds(11);

  /** Longer than the pause before any retry. */
  Duration PAST_ANY_PAUSE = Duration.ofSeconds(6);

  TransportHarness world();

  /** Sizes of the batches that handlers were given, in order. */
  List<Integer> batches();

  /** Runs before the effect of each message from now on; can throw. */
  void beforeEffect(Consumer<Message> action);

  /** Handles a batch. */
  void remember(List<Message> batch, UnitOfWork tx);

  default Subscription toy() {
    return Subscription.of(TOY, Set.of(TestFacts.ADDED), this::remember);
  }

  default Event publish(UUID key, long number) {
    return world().transactions().call(tx -> tx.publish(new Added(key, number), CAUSE));
  }

  default List<Event> publish(UUID key, long... numbers) {
    return world()
        .transactions()
        .call(tx ->
            LongStream.of(numbers)
                .mapToObj(number -> tx.publish(new Added(key, number), CAUSE))
                .toList());
  }

  default List<UUID> effectIds() {
    return world().effects().of(TOY).stream().map(Effect::eventId).toList();
  }

  default List<Long> numbersOf(UUID key) {
    return world().effects().of(TOY).stream()
        .filter(effect -> effect.key().equals(key))
        .map(Effect::number)
        .toList();
  }

  default DeadLetter onlyLetter() {
    List<DeadLetter> open = world().deadLetters().list(null, 10);
    assertThat(open).hasSize(1);
    return open.getFirst();
  }

  default DeadLetters.Detail detail(UUID id) {
    return world().deadLetters().find(id).orElseThrow();
  }

  /** Events with this number are poison until {@link #heal()}. */
  default void poison(long number) {
    beforeEffect(message -> {
      if (message.payload(Added.class).number() == number) {
        throw new IllegalArgumentException("poison " + number);
      }
    });
  }

  default void heal() {
    beforeEffect(_ -> {});
  }

  /** A process whose subscription has a dead letter: the event with the number 13. */
  default Node withDeadLetter(UUID key) {
    beforeEffect(message -> {
      if (message.payload(Added.class).number() == 13) {
        throw new Unprocessable("thirteen");
      }
    });
    publish(key, 13);
    Node process = world().node(toy());
    process.drain();
    assertThat(onlyLetter().event().key()).isEqualTo(key);
    return process;
  }

  default void replay(long after) {
    world().elapse(Duration.ofSeconds(4)); // the next renewal finds out
    assertThat(
            world()
                .consumingTransactions()
                .<Boolean>call(tx -> world().cursors().rewind(tx, TOY, after)))
        .isTrue();
  }

  /** The announcements about dead letters, in order. */
  default List<String> announcements() {
    return world()
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

  default void needs(Trait trait) {
    assumeFalse(world().lacks().contains(trait), () -> "this transport lacks " + trait);
  }
}
