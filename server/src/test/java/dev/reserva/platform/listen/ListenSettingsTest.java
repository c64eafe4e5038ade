package dev.reserva.platform.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenSettingsTest {

  private static final ListenProperties.Tls NO_TLS = new ListenProperties.Tls(null, null);

  @TempDir private Path folder;

  @Test
  void by_default_the_framework_decides() {
    assertThat(ListenSettings.settings(on(null))).isEmpty();
    assertThat(ListenSettings.settings(on("127.0.0.1")))
        .isEqualTo(Map.of("server.address", "127.0.0.1"));
  }

  @Test
  void only_a_server_that_others_reach_without_encryption_or_proxy_is_exposed() throws Exception {
    for (String open : List.of("", "0.0.0.0", "::", "192.0.2.1")) {
      assertThat(ListenSettings.isExposed(on(open), List.of())).as(open).isTrue();
      assertThat(ListenSettings.isExposed(on(open), List.of("10.0.0.0/8"))).as(open).isFalse();
    }
    for (String local : List.of("127.0.0.1", "127.0.0.2", "::1")) {
      assertThat(ListenSettings.isExposed(on(local), List.of())).as(local).isFalse();
    }
    String file = Files.createFile(folder.resolve("pem")).toString();
    assertThat(
            ListenSettings.isExposed(
                new ListenProperties(null, new ListenProperties.Tls(file, file)), List.of()))
        .isFalse();
  }

  @Test
  void a_certificate_and_its_key_are_files_that_can_be_read() throws Exception {
    String file = Files.createFile(folder.resolve("pem")).toString();
    String absent = folder.resolve("absent").toString();
    assertThatThrownBy(() -> new ListenProperties.Tls(null, file))
        .hasMessage("reserva.http.tls.certificate must be set together with reserva.http.tls.key");
    assertThatThrownBy(() -> new ListenProperties.Tls(absent, file))
        .hasMessage("reserva.http.tls.certificate must be a file that can be read, was " + absent);
    assertThatThrownBy(() -> new ListenProperties.Tls(file, absent))
        .hasMessage("reserva.http.tls.key must be a file that can be read, was " + absent);
  }

  private static ListenProperties on(@Nullable String address) {
    return new ListenProperties(address, NO_TLS);
  }
}
