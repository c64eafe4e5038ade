package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBroker.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The relay on a broker in memory, with planted faults. */
class RelayLoopTest {

  private static final UUID KEY = new UUID(1, 1);
  private static final UUID OTHER = new UUID(1, 2);
  private static final Duration PAST_ANY_PAUSE = Duration.ofSeconds(7);

  private final BrokerWorld world = new BrokerWorld();
  private final RelayLoop relay = world.relay();

  private void drain(RelayLoop loop) {
    while (loop.step()) {
      // There may be more to do.
    }
  }

  private void elapse(Duration duration) {
    world.publisher.clock().elapse(duration);
  }

  @Test
  void what_is_published_reaches_the_queue_in_order() {
    world.publish(KEY, 1, 2, 3);
    world.publish(OTHER, 4);

    drain(relay);

    assertThat(world.queued(KEY)).containsExactly(1L, 2L, 3L);
    assertThat(world.queued(OTHER)).containsExactly(4L);
    assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
    assertThat(relay.position()).isEqualTo(world.publisher.log().end());
    assertThat(relay.meter().total().handled()).isEqualTo(4);
  }

  @Test
  void an_event_is_sent_when_the_one_before_of_its_key_is_confirmed() {
    world.broker.plant(Fault.LOSE_CONFIRM, 1);
    world.publish(KEY, 1, 2);
    world.publish(OTHER, 3);

    drain(relay);

    assertThat(world.broker.fired(Fault.LOSE_CONFIRM)).isEqualTo(1);
    assertThat(world.queued(KEY)).containsExactly(1L);
    assertThat(world.queued(OTHER)).as("another key").containsExactly(3L);
  }

  @Test
  void the_cursor_does_not_pass_an_event_that_is_not_confirmed() {
    world.broker.plant(Fault.LOSE_CONFIRM, 1);
    world.publish(KEY, 1);
    world.publish(OTHER, 2);
    drain(relay);
    elapse(Ownership.RENEW_EVERY);
    drain(relay);
    assertThat(world.recorded()).isZero();

    elapse(Duration.ofSeconds(61)); // no confirm comes any more: it connects again
    drain(relay);
    assertThat(relay.state()).isEqualTo(LoopState.PROBING);
    drain(relay);
    elapse(RelayCursor.MOVE_EVERY);
    drain(relay);

    assertThat(world.recorded()).isEqualTo(2);
    assertThat(world.queued(KEY)).as("sent again").containsExactly(1L, 1L);
    assertThat(world.queued(OTHER)).as("confirmed before").containsExactly(2L);
  }

  @Test
  void the_cursor_is_recorded_after_50_milliseconds_or_500_events() {
    drain(relay);
    world.publish(KEY, 1);
    drain(relay);
    assertThat(relay.position()).isEqualTo(1);
    elapse(Duration.ofMillis(49));
    drain(relay);
    assertThat(world.recorded()).isZero();
    elapse(Duration.ofMillis(1));
    drain(relay);
    assertThat(world.recorded()).isEqualTo(1);

    for (int i = 0; i < 600; i++) {
      world.publish(new UUID(2, i), i);
    }
    drain(relay);
    assertThat(world.recorded()).isEqualTo(601);
  }

  @Test
  void a_rejected_event_is_sent_again_after_a_pause_and_no_event_of_its_key_before() {
    world.broker.plant(Fault.REJECT, 1);
    world.publish(KEY, 1, 2);
    world.publish(OTHER, 3);
    drain(relay);
    assertThat(world.broker.fired(Fault.REJECT)).isEqualTo(1);
    assertThat(world.queued(KEY)).isEmpty();
    assertThat(world.queued(OTHER)).containsExactly(3L);
    assertThat(relay.lastError()).contains("rejected");

    elapse(Duration.ofMillis(121));
    drain(relay);

    assertThat(world.queued(KEY)).containsExactly(1L, 2L);
    assertThat(relay.lastError()).isNull();
  }

  @Test
  void pauses_between_rejections_grow_to_five_seconds() {
    world.broker.plant(Fault.REJECT, 20);
    world.publish(KEY, 1);
    drain(relay);
    for (int rejections = 1; rejections <= 20; rejections++) {
      assertThat(world.broker.fired(Fault.REJECT)).isEqualTo(rejections);
      elapse(Duration.ofMillis(Math.min(6_001, (121L << Math.min(rejections - 1, 10)) + 1)));
      drain(relay);
    }
    assertThat(world.queued(KEY)).containsExactly(1L);
  }

  @Test
  void after_a_lost_connection_what_was_not_confirmed_is_sent_again_in_order() {
    for (Fault cut : List.of(Fault.CUT_BEFORE_STORE, Fault.CUT_AFTER_STORE)) {
      world.broker.plant(cut, 1);
      world.publish(KEY, 1, 2, 3);
      drain(relay);
      assertThat(world.broker.fired(cut)).isEqualTo(1);
      assertThat(relay.state()).isEqualTo(LoopState.PROBING);
      drain(relay);
      assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
    }

    assertThat(world.queued(KEY)).containsExactly(1L, 2L, 3L, 1L, 1L, 2L, 3L);
  }

  @Test
  void while_the_broker_is_down_the_relay_probes_and_loses_nothing() {
    world.broker.stop();
    world.publish(KEY, 1);
    for (int i = 0; i < 3; i++) {
      assertThat(relay.step()).isFalse();
      assertThat(relay.state()).isEqualTo(LoopState.PROBING);
      assertThat(relay.lastError()).isEqualTo("the connection is lost");
    }

    world.broker.start();
    drain(relay);

    assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
    assertThat(relay.lastError()).isNull();
    assertThat(world.queued(KEY)).containsExactly(1L);
  }

  @Test
  void an_event_without_a_queue_stops_the_relay_until_it_has_one() {
    world.broker.unbind(BrokerWorld.QUEUE, TestFacts.ADDED);
    world.publish(KEY, 1, 2);
    drain(relay);
    assertThat(relay.state()).isEqualTo(LoopState.PROBING);
    assertThat(relay.lastError()).isEqualTo("no queue is bound to toy.counter.added");
    world
        .publisher
        .transactions()
        .run(tx -> tx.publish(new Noted(OTHER, "nobody hears it"), Cause.of("broker")));
    elapse(PAST_ANY_PAUSE);
    drain(relay);
    assertThat(relay.state()).isEqualTo(LoopState.PROBING);
    assertThat(world.recorded()).isZero();
    assertThat(relay.meter().total().handled()).as("nothing else is sent").isZero();

    world.broker.bind(BrokerWorld.QUEUE, TestFacts.ADDED);
    elapse(PAST_ANY_PAUSE);
    drain(relay);

    assertThat(world.queued(KEY)).containsExactly(1L, 2L);
    assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
    assertThat(relay.lastError()).isNull();
    assertThat(relay.position()).isEqualTo(3);
  }

  @Test
  void a_blocked_broker_is_sent_nothing() {
    drain(relay);
    world.broker.block("low on memory");
    world.publish(KEY, 1);
    drain(relay);
    assertThat(relay.state()).isEqualTo(LoopState.BLOCKED);
    assertThat(relay.lastError()).isEqualTo("low on memory");
    assertThat(world.queued(KEY)).isEmpty();

    world.broker.unblock();
    drain(relay);

    assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
    assertThat(world.queued(KEY)).containsExactly(1L);
  }

  @Test
  void a_broker_that_was_blocked_for_long_has_its_time_to_confirm() {
    world.broker.plant(Fault.DELAY_CONFIRM, 1);
    world.publish(KEY, 1);
    relay.step();
    assertThat(world.queued(KEY)).containsExactly(1L);
    world.broker.block("low on memory");
    drain(relay);
    elapse(Duration.ofSeconds(61));
    drain(relay);
    assertThat(relay.state()).isEqualTo(LoopState.BLOCKED);

    world.broker.unblock();
    drain(relay); // no confirm yet
    drain(relay);

    assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
    assertThat(relay.position()).isEqualTo(1);
    assertThat(world.queued(KEY)).as("not sent again").containsExactly(1L);
  }

  @Test
  void imported_events_are_passed_over() {
    Event foreign =
        world.catalogue.envelop(
            UUID.randomUUID(), new Added(KEY, 1), Cause.of("elsewhere"), Instant.EPOCH);
    world.publisher.transactions().run(tx -> tx.importEvent(foreign));
    world.publish(KEY, 2);

    drain(relay);

    assertThat(world.queued(KEY)).containsExactly(2L);
    assertThat(relay.position()).isEqualTo(2);
  }

  @Test
  void no_more_events_are_in_flight_than_the_window_holds() {
    world.broker.plant(Fault.LOSE_CONFIRM, 10_000);
    for (int i = 0; i < 50; i++) {
      int first = 100 * i;
      world
          .publisher
          .transactions()
          .run(tx ->
              LongStream.range(first, first + 100)
                  .forEach(n -> tx.publish(new Added(new UUID(3, n), n), Cause.of("many"))));
    }

    drain(relay);

    assertThat(world.broker.bodies(BrokerWorld.QUEUE)).hasSize(RelayWindow.MAX_EVENTS);
  }

  @Test
  void one_of_two_processes_relays_and_the_one_that_was_replaced_sends_nothing() {
    drain(relay);
    RelayLoop second = world.relay();
    drain(second);
    assertThat(second.state()).isEqualTo(LoopState.STANDBY);

    elapse(Duration.ofSeconds(11));
    drain(second);
    assertThat(second.state()).isEqualTo(LoopState.RUNNING);
    world.publish(KEY, 1);
    relay.step();

    assertThat(relay.state()).isEqualTo(LoopState.STANDBY);
    assertThat(world.queued(KEY)).isEmpty();
    drain(second);
    assertThat(world.queued(KEY)).containsExactly(1L);
  }

  @Test
  void a_rewound_relay_sends_again_what_follows() {
    world.publish(KEY, 1, 2, 3);
    drain(relay);
    world
        .publisher
        .transactions()
        .run(tx -> world.publisher.cursors().rewind(tx, RelayLoop.NAME, 1));
    relay.reclaim();
    assertThat(relay.knowsItsPosition()).isFalse();

    drain(relay);

    assertThat(relay.knowsItsPosition()).isTrue();
    assertThat(world.queued(KEY)).containsExactly(1L, 2L, 3L, 2L, 3L);
  }

  @Test
  void a_relay_that_stops_records_its_cursor_and_lets_another_process_go_on() {
    drain(relay);
    world.publish(KEY, 1);
    drain(relay);
    assertThat(world.recorded()).isZero();
    relay.stop();

    relay.run();

    assertThat(relay.state()).isEqualTo(LoopState.STOPPED);
    assertThat(world.recorded()).isEqualTo(1);
    RelayLoop successor = world.relay(world.publisher.process(Faults.NONE));
    world.publish(KEY, 2);
    drain(successor);
    assertThat(world.queued(KEY)).containsExactly(1L, 2L);
  }
}
