package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.delivery.DeliveryStore.Claim;
import dev.reserva.messaging.delivery.DeliveryStore.Failure;
import dev.reserva.messaging.delivery.DeliveryStore.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a clock of the database that ran 20 minutes ahead has left behind, once it is right. */
class ClockSetRightIT {

  private static final Duration LEASE = Duration.ofSeconds(10);

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node node = fixture.node();
  private final PostgresDeliveryStore store = node.store();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_lease_that_no_clock_would_give_now_keeps_nobody_out() {
    store.claim("toy", UUID.randomUUID(), LEASE);
    assertThat(store.claim("toy", UUID.randomUUID(), LEASE)).as("an honest lease").isEmpty();

    fixture.execute(
        "update messaging.subscription set lease_until = lease_until + interval '20 minutes'");

    assertThat(store.claim("toy", UUID.randomUUID(), LEASE)).map(Claim::epoch).contains(2L);
  }

  @Test
  void a_retry_that_no_clock_would_put_off_so_far_is_due() {
    Claim claim = store.claim("toy", UUID.randomUUID(), LEASE).orElseThrow();
    parkForAMinute(claim);
    assertThat(store.due("toy", 10)).as("an honest pause").isEmpty();

    fixture.execute("update messaging.parked set due_at = due_at + interval '20 minutes'");

    assertThat(store.due("toy", 10)).hasSize(1);
  }

  private void parkForAMinute(Claim claim) {
    UUID key = UUID.randomUUID();
    TestFacts.Added fact = new TestFacts.Added(key, 1);
    Message message =
        new Message(
            1,
            fixture.catalogue().envelop(UUID.randomUUID(), fact, Cause.of("clock"), Instant.EPOCH),
            fixture.catalogue(),
            fact);
    node.transactions()
        .call(tx -> {
          store.parkFailed(
              tx, "toy", message, new Failure(1, Duration.ofMinutes(1), "Moody", "not now", ""));
          store.advance(tx, claim, new Progress(1, 1, 0), LEASE);
          return claim;
        });
  }
}
