package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.transport.TransportHarness.CrashPoint;
import dev.reserva.messaging.transport.TransportHarness.Node;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Processes start, die and replace each other, and each event takes effect once. */
interface LifecycleContract extends ToyService {

  @Test
  default void progress_survives_a_restart() {
    Event first = publish(UUID.randomUUID(), 1);
    world().node(toy()).drain();
    Event second = publish(UUID.randomUUID(), 2);
    world().elapse(PAST_THE_LEASE);

    world().node(toy()).drain();

    assertThat(effectIds()).containsExactly(first.id(), second.id());
  }

  @Test
  default void a_crash_before_the_commit_leaves_no_effect_and_the_next_process_brings_it() {
    Event event = publish(UUID.randomUUID(), 1);
    Node dying = world().node(toy());
    dying.crashAt(CrashPoint.AFTER_EFFECT);
    dying.drain();
    assertThat(effectIds()).isEmpty();
    world().elapse(PAST_THE_LEASE);

    world().node(toy()).drain();

    assertThat(effectIds()).containsExactly(event.id());
  }

  @Test
  default void a_crash_after_the_commit_does_not_repeat_the_effect() {
    Event first = publish(UUID.randomUUID(), 1);
    Node dying = world().node(toy());
    dying.crashAt(CrashPoint.AFTER_COMMIT);
    dying.drain();
    assertThat(effectIds()).containsExactly(first.id());
    Event second = publish(UUID.randomUUID(), 2);
    world().elapse(PAST_THE_LEASE);

    world().node(toy()).drain();

    assertThat(effectIds()).containsExactly(first.id(), second.id());
  }

  @Test
  default void a_crash_while_an_event_is_parked_still_parks_it_once() {
    UUID key = UUID.randomUUID();
    poison(1);
    publish(key, 1, 2);
    for (CrashPoint point : CrashPoint.values()) {
      Node dying = world().node(toy());
      dying.loop().step(); // claims it; the next transactions fail, and the last one parks
      dying.crashAt(point);
      dying.drain();
      world().elapse(PAST_THE_LEASE);
    }
    heal();

    world().node(toy()).drain();
    world().elapse(PAST_ANY_PAUSE);
    world().node(toy()); // never runs
    world().elapse(PAST_THE_LEASE);
    world().node(toy()).drain();

    assertThat(numbersOf(key)).containsExactly(1L, 2L);
  }

  @Test
  default void a_second_process_stands_by_until_the_lease_has_ended() {
    Node first = world().node(toy());
    first.drain();
    Node second = world().node(toy());
    second.drain();
    assertThat(second.loop().state()).isEqualTo(LoopState.STANDBY);
    Event event = publish(UUID.randomUUID(), 1);
    second.drain();
    assertThat(effectIds()).isEmpty();

    world().elapse(PAST_THE_LEASE);
    second.drain();

    assertThat(second.loop().state()).isEqualTo(LoopState.RUNNING);
    assertThat(effectIds()).containsExactly(event.id());
  }

  @Test
  default void an_idle_process_keeps_its_lease() {
    Node first = world().node(toy());
    first.drain();
    Node second = world().node(toy());
    for (int i = 0; i < 6; i++) {
      world().elapse(Duration.ofSeconds(4));
      first.drain();
      second.drain();
    }

    assertThat(first.loop().state()).isEqualTo(LoopState.RUNNING);
    assertThat(second.loop().state()).isEqualTo(LoopState.STANDBY);
  }

  @Test
  default void a_process_that_only_passes_events_over_keeps_its_lease() {
    Node first = world().node(toy());
    first.drain();
    Node second = world().node(toy());
    for (int i = 0; i < 6; i++) {
      world().elapse(Duration.ofSeconds(4));
      world().transactions().run(tx -> tx.publish(new Noted(new UUID(0, 1), ""), CAUSE));
      // The process has an event to pass over, so it takes no idle step.
      first.drain();
      second.drain();
    }

    assertThat(first.loop().state()).isEqualTo(LoopState.RUNNING);
    assertThat(second.loop().state()).isEqualTo(LoopState.STANDBY);
  }

  @Test
  default void a_process_that_was_replaced_changes_nothing() {
    Node stale = world().node(toy());
    stale.drain();
    world().elapse(PAST_THE_LEASE);
    Node owner = world().node(toy());
    owner.drain();
    Event event = publish(UUID.randomUUID(), 1);

    stale.drain();

    assertThat(batches()).as("its handler has worked").containsExactly(1);
    assertThat(effectIds()).as("for nothing").isEmpty();
    assertThat(stale.loop().state()).isEqualTo(LoopState.STANDBY);
    owner.drain();
    assertThat(effectIds()).containsExactly(event.id());
  }

  @Test
  default void a_process_that_was_replaced_parks_nothing() {
    Node stale = world().node(toy());
    stale.drain();
    world().elapse(PAST_THE_LEASE);
    Node owner = world().node(toy());
    owner.drain();
    Event event = publish(UUID.randomUUID(), 1);
    poison(1);

    stale.drain();

    assertThat(world().tally(TOY).parked()).isZero();
    heal();
    owner.drain();
    assertThat(effectIds()).containsExactly(event.id());
  }
}
