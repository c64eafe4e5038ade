package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.Relays.Removal;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.delivery.Cursors.Progress;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.delivery.RunningBackbone;
import dev.reserva.messaging.memory.MemoryBroker;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay's cursor is removed only while nobody relays. */
class PostgresRelaysIT {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final UUID OWNER = new UUID(1, 1);

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node process = fixture.node();
  private final Cursors cursors = process.cursors();
  private final Relays relays = new PostgresRelays();

  @AfterEach
  void close() {
    fixture.close();
  }

  private boolean isRunning() {
    return process.transactions().snapshot(relays::find).map(Relays.Relay::running).orElse(false);
  }

  private Removal remove() {
    return process.transactions().call(relays::remove);
  }

  private void setBack() {
    boolean known = process.transactions().call(tx -> cursors.rewind(tx, RelayLoop.NAME, 0));
    assertThat(known).isTrue();
  }

  private Claim claim(UUID owner) {
    return cursors.claim(RelayLoop.NAME, owner, LEASE).orElseThrow();
  }

  @Test
  void it_is_there_while_a_process_holds_it_and_can_be_removed_once_it_is_released() {
    assertThat(remove()).isEqualTo(Removal.UNKNOWN);
    Claim held = claim(OWNER);
    assertThat(remove()).isEqualTo(Removal.RUNNING);

    cursors.release(held, new Progress(0, 0, 0));

    assertThat(remove()).isEqualTo(Removal.REMOVED);
    assertThat(process.transactions().snapshot(relays::find)).isEmpty();
  }

  /** The moment in which the process that relays has not claimed it again. */
  @Test
  void a_relay_that_was_set_back_is_not_removed_and_any_process_may_claim_it_at_once() {
    claim(OWNER);

    setBack();
    assertThat(remove()).isEqualTo(Removal.RUNNING);
    setBack();
    assertThat(remove()).isEqualTo(Removal.RUNNING);

    claim(new UUID(2, 2));
    assertThat(cursors.claim(RelayLoop.NAME, OWNER, LEASE)).as("another has it").isEmpty();
    assertThat(remove()).isEqualTo(Removal.RUNNING);
  }

  @Test
  void a_relay_that_nobody_runs_can_be_removed_after_it_was_set_back() {
    cursors.release(claim(OWNER), new Progress(0, 0, 0));

    setBack();

    assertThat(remove()).isEqualTo(Removal.REMOVED);
  }

  @Test
  void it_is_never_removed_from_under_a_running_process_that_sets_it_back() {
    RunningBackbone running =
        process.run(new MemoryBroker().asSeenBy(Map.of(), TestFacts.ADDED::equals));
    // A relay of an empty log is caught up before the process has claimed it.
    await().until(this::isRunning);

    for (int i = 0; i < 100; i++) {
      running.replay(RelayLoop.NAME, 0);
      assertThat(remove()).as("removal %d", i).isEqualTo(Removal.RUNNING);
    }
  }
}
