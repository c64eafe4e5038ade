package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBroker.Fault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The relay while the broker refuses events, is down, blocked or has lost what it had. */
class RelayOutagesTest {

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
  void a_relay_that_is_set_back_while_it_waits_for_a_queue_sends_in_order() {
    world.publish(KEY, 1, 2);
    drain(relay);
    elapse(RelayCursor.MOVE_EVERY);
    drain(relay); // nothing is left to be recorded
    world.broker.unbind(BrokerWorld.QUEUE, TestFacts.ADDED);
    world.publish(KEY, 3);
    drain(relay);
    assertThat(relay.lastError()).isEqualTo("no queue is bound to toy.counter.added");
    world
        .publisher
        .transactions()
        .run(tx -> world.publisher.cursors().rewind(tx, RelayLoop.NAME, 0));
    world.broker.bind(BrokerWorld.QUEUE, TestFacts.ADDED);
    elapse(Duration.ofMillis(200)); // the event's pause is over, the renewal is not due

    drain(relay);
    drain(relay);

    assertThat(world.queued(KEY)).containsExactly(1L, 2L, 1L, 2L, 3L);
  }

  @Test
  void a_broker_that_has_lost_what_it_had_is_sent_nothing_until_the_relay_is_set_back() {
    drain(relay);
    world.publish(KEY, 1, 2);
    drain(relay);
    elapse(RelayCursor.MOVE_EVERY);
    drain(relay);
    world.broker.empty();
    world.declareQueue();
    world.publish(KEY, 3);
    drain(relay); // finds that the connection is lost
    for (RelayLoop each : List.of(relay, restarted())) {
      drain(each);
      assertThat(each.state()).isEqualTo(LoopState.PROBING);
      assertThat(each.lastError())
          .startsWith("the broker has lost what it had, or is another one; set the relay back");
      assertThat(world.queued(KEY)).isEmpty();
      each.stop();
      each.run();
    }

    world
        .publisher
        .transactions()
        .run(tx -> world.publisher.cursors().rewind(tx, RelayLoop.NAME, 1));
    RelayLoop next = restarted();
    drain(next);

    assertThat(next.state()).isEqualTo(LoopState.RUNNING);
    assertThat(world.queued(KEY)).containsExactly(2L, 3L);
  }

  @Test
  void a_broker_that_is_emptied_while_a_relay_that_was_set_back_repeats_is_noticed() {
    drain(relay);
    world.publish(KEY, 1, 2);
    drain(relay);
    world
        .publisher
        .transactions()
        .run(tx -> world.publisher.cursors().rewind(tx, RelayLoop.NAME, 0));
    relay.reclaim();
    relay.step();

    world.broker.empty();
    world.declareQueue();
    drain(relay);
    drain(relay);

    assertThat(relay.lastError()).startsWith("the broker has lost what it had");
    assertThat(world.queued(KEY)).isEmpty();
  }

  /** The relay of a process that starts when the one before has stopped. */
  private RelayLoop restarted() {
    return world.relay(world.publisher.process(Faults.NONE));
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
}
