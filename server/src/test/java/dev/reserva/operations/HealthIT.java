package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.operations.RunningServer.Answered;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthIT {

  @TempDir private Path data;

  @Test
  @SuppressWarnings("try") // closed early on purpose
  void health_is_answered_while_the_database_is_down() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data.resolve("database"));
        RunningServer server =
            new RunningServer(
                postgres.jdbcUrl(), postgres.user(), postgres.password(), data.resolve("server"))) {
      assertThat(server.get(Role.OPERATOR, "/api/health").body().path("status").asString())
          .isEqualTo("healthy");

      postgres.close();
      long before = System.nanoTime();
      Answered health = server.get(null, "/api/health");

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.body().path("status").asString()).isEqualTo("unhealthy");
      assertThat(health.body().at("/services/database").asBoolean(true)).isFalse();
      assertThat(health.body().at("/modules/operations/status").asString()).isEqualTo("unhealthy");
      // A request that comes before the token counts as unchecked waits 5 s for a connection.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            Answered refused = server.get(Role.OPERATOR, "/api/customers");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body().path("detail").asString())
                .contains("the database does not answer, so the token cannot be checked");
          });
      Answered unknownKey =
          server.call(
              null, "GET", "/api/customers", null, "Authorization", "Bearer " + ofUnknownKey());
      assertThat(unknownKey.status()).isEqualTo(503);
      assertThat(unknownKey.body().path("type").asString()).isEqualTo("/problems/unavailable");
      assertThat(server.get(Role.OPERATOR, "/api/health").status())
          .as("an open read is answered to anybody")
          .isEqualTo(200);
    }
  }

  /** A token as another process issues it with a key that this one has not read yet. */
  private static String ofUnknownKey() {
    return TestTokens.issue(
        TestTokens.tokens(Duration.ofMinutes(10)), new Caller("ana", Set.of(Role.OPERATOR), null));
  }
}
