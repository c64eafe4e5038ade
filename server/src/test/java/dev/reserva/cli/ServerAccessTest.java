package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.cli.api.ReservaApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAccessTest {

  private static final URI SERVER = URI.create("http://localhost:1");

  @TempDir Path data;

  @Test
  void with_an_api_key_no_password_is_needed() {
    assertThatCode(() -> to(Map.of("RESERVA_API_KEY", "rsv_a_b\n"))).doesNotThrowAnyException();
  }

  @Test
  void without_a_key_the_administrators_password_is_needed() {
    assertThatThrownBy(() -> to(Map.of("RESERVA_API_KEY", " ")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("administrator's password");
  }

  private void to(Map<String, String> environment) {
    try (ReservaApi api = ServerAccess.to(SERVER, data, environment)) {
      assertThatCode(api::server).doesNotThrowAnyException();
    }
  }
}
