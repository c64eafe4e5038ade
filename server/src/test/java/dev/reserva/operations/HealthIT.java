package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.operations.RunningServer.Answered;
import dev.reserva.platform.security.Role;
import dev.reserva.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
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
                .contains("whether the token was revoked is not known");
          });
      assertThat(server.get(Role.OPERATOR, "/api/health").status())
          .as("an open read is answered to anybody")
          .isEqualTo(200);
    }
  }
}
