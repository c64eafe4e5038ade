package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.postgres.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged server gets its secrets. */
class SecretsIT {

  private static final String PASSWORD = "password-in-a-file";

  @TempDir private Path folder;

  @Test
  void a_server_takes_its_secrets_from_files_that_the_environment_names() throws Exception {
    Path database =
        Files.writeString(folder.resolve("database"), TestPostgres.server().password() + "\n");
    Path admin = Files.writeString(folder.resolve("admin"), PASSWORD + "\n");
    Path data = folder.resolve("data");
    try (ReservaProcess reserva =
        ReservaProcess.start(
            data,
            List.of(),
            Map.of(
                "RESERVA_DATABASE_PASSWORD_FILE", database.toString(),
                "RESERVA_ADMIN_PASSWORD_FILE", admin.toString()),
            "reserva.database.url="
                + TestPostgres.server().jdbcUrl(TestPostgres.freshDatabaseName()))) {
      Shop.login(reserva.url(), "admin", PASSWORD).assertIntegrity();
      for (String visible : List.of("cmdline", "environ")) {
        assertThat(
                Files.readString(
                    Path.of("/proc/%d/%s".formatted(reserva.pid(), visible)),
                    StandardCharsets.ISO_8859_1))
            .isNotEmpty()
            .doesNotContain(PASSWORD, TestPostgres.server().password());
      }
      assertThat(data.resolve("admin-password")).doesNotExist();
      assertThat(reserva.log())
          .content()
          .as("what a server says that others reach without encryption")
          .contains("HTTP is not encrypted and other machines can reach it");
    }
  }

  @Test
  void a_start_with_a_secret_on_its_command_line_is_refused() throws Exception {
    ReservaProcess.Ended ended =
        ReservaProcess.ofFailedStartWith(
            folder.resolve("data"), "reserva.security.admin-password=" + PASSWORD);
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.said())
        .contains("reserva.security.admin-password must not be on the command line")
        .contains("RESERVA_SECURITY_ADMINPASSWORD_FILE")
        .doesNotContain(PASSWORD);
  }
}
