package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.TestFacts.Noted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Appends are announced only while more than one process listens. */
@Timeout(60)
class ListenersIT {

  private final BackboneFixture fixture = BackboneFixture.start();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void awaitListeners(long count) {
    await()
        .untilAsserted(() ->
            assertThat(fixture.number("select listeners from messaging.log_head"))
                .isEqualTo(count));
  }

  /** Whether an append of this node is announced. The listening connection here is not counted. */
  private boolean announces(BackboneFixture.Node node) throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("listen " + LogListener.CHANNEL);
      node.transactions().run(tx -> tx.publish(new Noted(UUID.randomUUID(), ""), Cause.of("l")));
      // Arrives after any announcement, so the test need not wait for one that never comes.
      statement.execute("notify " + LogListener.CHANNEL + ", 'last'");
      boolean announced = false;
      while (true) {
        PGNotification[] received = connection.unwrap(PGConnection.class).getNotifications(5_000);
        assertThat(received).isNotNull();
        for (PGNotification one : received) {
          if (one.getParameter().equals("last")) {
            statement.execute("unlisten " + LogListener.CHANNEL);
            return announced;
          }
          announced = true;
        }
      }
    }
  }

  @Test
  void appends_are_announced_only_while_another_process_listens() throws Exception {
    BackboneFixture.Node first = fixture.node();
    awaitListeners(1);
    assertThat(announces(first)).isFalse();

    BackboneFixture.Node second = fixture.node();
    awaitListeners(2);
    assertThat(announces(first)).isTrue();
    assertThat(announces(second)).isTrue();

    second.close();
    BackboneFixture.Node third = fixture.node();
    awaitListeners(2);
    first.close();
    third.close();
    fixture.node();
    awaitListeners(1);
  }
}
