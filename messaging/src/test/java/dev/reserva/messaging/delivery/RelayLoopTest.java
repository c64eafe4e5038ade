package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBroker.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The relay on a broker in memory, with planted faults. */
class RelayLoopTest {

  private static final UUID KEY = new UUID(1, 1);
  private static final UUID OTHER = new UUID(1, 2);

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
