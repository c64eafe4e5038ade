package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBroker.Fault;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The intake on a broker in memory, with planted faults. */
class IntakeLoopTest {

  private static final UUID KEY = new UUID(1, 1);

  private final BrokerWorld world = new BrokerWorld();
  private final RelayLoop relay = world.relay();
  private final IntakeLoop intake = world.intake();

  private void relayAll() {
    while (relay.step()) {
      // There may be more to do.
    }
  }

  private void drain(IntakeLoop loop) {
    while (loop.step()) {
      // There may be more to do.
    }
  }

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private Event event(long number) {
    return world.catalogue.envelop(
        UUID.randomUUID(), new Added(KEY, number), Cause.of("foreign"), Instant.EPOCH);
  }

  private void put(Event event, Map<String, String> headers) {
    world.broker.put(BrokerWorld.QUEUE, new TestEnvelopes().encode(event), headers);
  }

  @Test
  void events_are_appended_as_they_were_published_and_marked() {
    List<Event> published = world.publish(KEY, 1, 2);
    relayAll();

    drain(intake);

    assertThat(world.consumer.log().ofKey(KEY, 0, 10))
        .extracting(entry -> entry.event())
        .containsExactlyElementsOf(published);
    assertThat(
            world
                .consumer
                .brokerParts(world.consumersBroker, BrokerWorld.CONSUMERS_LOG)
                .published()
                .open(0, new Signal())
                .read(10)
                .messages())
        .as("nothing to be relayed from there")
        .isEmpty();
    assertThat(world.broker.bodies(BrokerWorld.QUEUE)).isEmpty();
    assertThat(intake.counts()).isEqualTo(new IntakeLoop.Counts(2, 0, 0));
    assertThat(intake.state()).isEqualTo(LoopState.RUNNING);
  }

  @Test
  void a_message_that_comes_twice_in_a_batch_or_later_is_imported_once() {
    world.broker.plant(Fault.DUPLICATE, 1);
    world.publish(KEY, 1, 2);
    relayAll();
    world.broker.put(
        BrokerWorld.QUEUE, world.broker.bodies(BrokerWorld.QUEUE).getFirst(), Map.of());

    drain(intake);

    assertThat(world.broker.fired(Fault.DUPLICATE)).isEqualTo(1);
    assertThat(world.imported(KEY)).containsExactly(1L, 2L);
    assertThat(intake.counts()).isEqualTo(new IntakeLoop.Counts(2, 2, 0));
  }

  @Test
  void what_a_lost_connection_leaves_unsettled_is_delivered_again_and_imported_once() {
    for (Fault cut : List.of(Fault.CUT_AFTER_DELIVERY, Fault.CUT_BEFORE_SETTLE)) {
      relayAll(); // it notices that its own connection is lost too
      world.publish(KEY, world.broker.fired() + 1);
      relayAll();
      world.broker.plant(cut, 1);

      drain(intake);
      assertThat(intake.state()).isEqualTo(LoopState.PROBING);
      drain(intake);

      assertThat(world.broker.fired(cut)).isEqualTo(1);
      assertThat(intake.state()).isEqualTo(LoopState.RUNNING);
      assertThat(world.broker.bodies(BrokerWorld.QUEUE)).isEmpty();
    }
    assertThat(world.imported(KEY)).containsExactly(1L, 2L);
    assertThat(intake.counts()).isEqualTo(new IntakeLoop.Counts(2, 1, 0));
  }

  @Test
  void events_of_the_own_log_are_ignored() {
    put(event(1), Map.of(BrokerMessage.LOG, BrokerWorld.CONSUMERS_LOG.toString()));
    put(event(2), Map.of(BrokerMessage.LOG, BrokerWorld.PUBLISHERS_LOG.toString()));

    drain(intake);

    assertThat(world.imported(KEY)).containsExactly(2L);
    assertThat(world.broker.bodies(BrokerWorld.QUEUE)).isEmpty();
  }

  @Test
  void what_is_no_event_is_recorded_and_dead_lettered_and_the_others_are_imported() {
    put(event(1), Map.of());
    world.broker.put(BrokerWorld.QUEUE, utf8("{}"), Map.of("agent", "foreign"));
    put(event(2), Map.of());

    drain(intake);

    assertThat(world.imported(KEY)).containsExactly(1L, 2L);
    assertThat(world.broker.deadLetters(BrokerWorld.QUEUE)).containsExactly(utf8("{}"));
    assertThat(world.consumer.inbox().list(null, 10))
        .singleElement()
        .satisfies(message -> {
          assertThat(message.queue()).isEqualTo(BrokerWorld.QUEUE);
          assertThat(message.body()).isEqualTo(utf8("{}"));
          assertThat(message.headers()).contains("agent", "foreign");
          assertThat(message.reason()).startsWith("not an event");
        });
    assertThat(intake.counts()).isEqualTo(new IntakeLoop.Counts(2, 0, 1));
  }

  @Test
  void an_event_that_no_log_may_have_is_unreadable() {
    Map<String, UnaryOperator<Event>> changes =
        Map.of(
            "event type toy.counter.unknown is unknown",
            e -> changed(e, "toy.counter.unknown", e.time(), "foreign", e.data()),
            "correlationid must have 1..128 characters, had 129",
            e -> changed(e, e.type(), e.time(), "x".repeat(129), e.data()),
            "time must be 0001-01-01T00:00:00Z..9999-12-31T23:59:59.999999Z, was +10000-01-01T00:00:00Z",
            e -> changed(e, e.type(), Instant.parse("+10000-01-01T00:00:00Z"), "c", e.data()),
            "a text has a null character, which a database cannot store",
            e -> changed(e, e.type(), e.time(), "c", "\0"));
    changes.values().forEach(change -> put(change.apply(event(1)), Map.of()));

    drain(intake);

    assertThat(world.consumer.inbox().list(null, 10))
        .extracting(Unreadable::reason)
        .containsExactlyInAnyOrderElementsOf(changes.keySet());
    assertThat(world.broker.deadLetters(BrokerWorld.QUEUE)).hasSize(4);
    assertThat(world.imported(KEY)).isEmpty();
  }

  private static Event changed(
      Event event, String type, Instant time, String correlationId, String data) {
    return new Event(
        event.id(),
        type,
        event.subject(),
        event.key(),
        time,
        correlationId,
        null,
        null,
        null,
        data);
  }

  @Test
  void while_the_database_is_down_the_batch_waits_and_nothing_is_settled() {
    Unavailable transactions = new Unavailable(world.consumer.transactions());
    LoopParts process = world.consumer.process(Faults.NONE);
    IntakeLoop waiting =
        world.intake(
            new LoopParts(
                process.transport(),
                transactions,
                process.cursors(),
                process.parking(),
                process.local(),
                process.random(),
                process.owner(),
                process.nanoTime()));
    world.publish(KEY, 1);
    relayAll();
    transactions.down = true;
    for (int i = 0; i < 3; i++) {
      assertThat(waiting.step()).isFalse();
      assertThat(waiting.state()).isEqualTo(LoopState.PROBING);
      assertThat(waiting.lastError()).isEqualTo("down");
      assertThat(world.queued(KEY)).as("not settled").containsExactly(1L);
    }
    transactions.down = false;
    world.publish(KEY, 2);
    relayAll();

    drain(waiting);

    assertThat(world.imported(KEY)).containsExactly(1L, 2L);
    assertThat(world.broker.bodies(BrokerWorld.QUEUE)).isEmpty();
    assertThat(waiting.lastError()).isNull();
  }

  /** Transactions of a database that can be down. */
  private static final class Unavailable implements Transactions {
    private final Transactions transactions;
    private boolean down;

    Unavailable(Transactions transactions) {
      this.transactions = transactions;
    }

    @Override
    public <R> R call(Function<UnitOfWork, R> work) {
      if (down) {
        throw new DependencyUnavailable("down", new IllegalStateException());
      }
      return transactions.call(work);
    }

    @Override
    public <R> R snapshot(Function<UnitOfWork, R> work) {
      return transactions.snapshot(work);
    }
  }

  @Test
  void a_caught_up_subscription_handles_events_in_the_transaction_that_imports_them() {
    LoopParts process = world.consumer.process(Faults.NONE);
    SubscriptionLoop subscription =
        world.consumer.loop(Subscription.of("toy", Set.of(TestFacts.ADDED), (_, _) -> {}), process);
    while (subscription.step()) {
      // It has to catch up.
    }
    IntakeLoop importing = world.intake(process);
    world.publish(KEY, 1, 2, 3);
    relayAll();

    drain(importing);

    assertThat(world.consumer.log().handledLocally()).isEqualTo(3);
  }

  @Test
  void an_intake_that_stops_leaves_the_queue_to_another_one() {
    drain(intake);
    world.publish(KEY, 1);
    relayAll();
    IntakeLoop second = world.intake();
    drain(second);
    assertThat(world.imported(KEY)).as("a single active consumer").isEmpty();
    intake.stop();

    intake.run();
    drain(second);

    assertThat(intake.state()).isEqualTo(LoopState.STOPPED);
    assertThat(world.imported(KEY)).containsExactly(1L);
  }
}
