package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.delivery.Cursors.Progress;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.delivery.Parking.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Leases and retries written while the database's clock ran 20 minutes ahead, after it was set
 * right.
 */
class ClockSetRightIT {

  private static final Duration LEASE = Duration.ofSeconds(10);

  /** Parameters of the query for due retries. */
  private static final Object[] ARGUMENTS = {
    "'toy'", 10, "'toy'", 600_000, 10, "'toy'", "'toy'", 10
  };

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node node = fixture.node();
  private final Cursors cursors = node.cursors();
  private final Parking parking = node.parking();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_lease_too_far_in_the_future_keeps_no_process_out() {
    cursors.claim("toy", UUID.randomUUID(), LEASE);
    assertThat(cursors.claim("toy", UUID.randomUUID(), LEASE))
        .as("a lease of the right clock")
        .isEmpty();

    fixture.execute(
        "update messaging.subscription set lease_until = lease_until + interval '20 minutes'");

    assertThat(cursors.claim("toy", UUID.randomUUID(), LEASE)).map(Claim::epoch).contains(2L);
  }

  @Test
  void a_retry_too_far_in_the_future_is_due() {
    Claim claim = cursors.claim("toy", UUID.randomUUID(), LEASE).orElseThrow();
    parkForAMinute(claim);
    assertThat(parking.due("toy", 10)).as("a pause of the right clock").isEmpty();

    fixture.execute("update messaging.parked set due_at = due_at + interval '20 minutes'");

    assertThat(parking.due("toy", 10)).hasSize(1);
  }

  @Test
  void due_retries_are_found_by_index_from_both_ends() throws SQLException {
    String due = ParkedRetries.SELECT_DUE.replace("?", "%s").formatted(ARGUMENTS);
    List<String> plan = new ArrayList<>();
    try (Connection connection = fixture.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set enable_seqscan = off"); // the tables are empty
      try (ResultSet lines = statement.executeQuery("explain " + due)) {
        while (lines.next()) {
          plan.add(lines.getString(1));
        }
      } finally {
        statement.execute("reset enable_seqscan");
      }
    }
    assertThat(plan)
        .filteredOn(line -> line.contains("Index Cond") && line.contains("due_at"))
        .hasSize(2);
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
          parking.parkFailed(
              tx, "toy", message, new Failure(1, Duration.ofMinutes(1), "Moody", "not now", ""));
          cursors.advance(tx, claim, new Progress(1, 1, 0), LEASE);
          return claim;
        });
  }
}
