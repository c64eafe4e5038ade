package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.operations.RunningServer.Answered;
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
      assertThat(server.get(null, "/api/health").body().path("status").asString())
          .isEqualTo("healthy");

      postgres.close();
      long before = System.nanoTime();
      Answered health = server.get(null, "/api/health");

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.body().path("status").asString()).isEqualTo("unhealthy");
      assertThat(health.body().at("/services/database").asBoolean(true)).isFalse();
      assertThat(health.body().at("/modules/operations/status").asString()).isEqualTo("unhealthy");
    }
  }
}
