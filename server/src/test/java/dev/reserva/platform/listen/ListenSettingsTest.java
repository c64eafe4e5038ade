package dev.reserva.platform.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.platform.web.HttpProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ListenSettingsTest {

  @TempDir private Path folder;

  @Test
  void by_default_the_framework_decides() {
    assertThat(ListenSettings.settings(on(""))).isEmpty();
    assertThat(ListenSettings.settings(on("127.0.0.1")))
        .isEqualTo(Map.of("server.address", "127.0.0.1"));
  }

  @Test
  void only_a_server_that_others_reach_without_encryption_or_proxy_is_exposed() throws Exception {
    for (String open : List.of("", "0.0.0.0", "::", "192.0.2.1")) {
      assertThat(ListenSettings.isExposed(on(open))).as(open).isTrue();
      assertThat(ListenSettings.isExposed(on(open, "reserva.http.trusted-proxies", "10.0.0.0/8")))
          .as(open)
          .isFalse();
    }
    for (String local : List.of("127.0.0.1", "127.0.0.2", "::1")) {
      assertThat(ListenSettings.isExposed(on(local))).as(local).isFalse();
    }
    String file = Files.createFile(folder.resolve("pem")).toString();
    assertThat(
            ListenSettings.isExposed(
                on("", "reserva.http.tls.certificate", file, "reserva.http.tls.key", file)))
        .isFalse();
  }

  @Test
  void a_certificate_and_its_key_are_files_that_can_be_read() throws Exception {
    String file = Files.createFile(folder.resolve("pem")).toString();
    String absent = folder.resolve("absent").toString();
    assertThatThrownBy(() -> new HttpProperties.Tls(null, file))
        .hasMessage("reserva.http.tls.certificate must be set together with reserva.http.tls.key");
    assertThatThrownBy(() -> new HttpProperties.Tls(absent, file))
        .hasMessage("reserva.http.tls.certificate must be a file that can be read, was " + absent);
    assertThatThrownBy(() -> new HttpProperties.Tls(file, absent))
        .hasMessage("reserva.http.tls.key must be a file that can be read, was " + absent);
  }

  /**
   * The properties with an address to listen on; empty for all.
   *
   * @param more names and values
   */
  private static HttpProperties on(String address, String... more) {
    Map<String, String> properties = new HashMap<>(Map.of("reserva.http.bind-address", address));
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("reserva.http", HttpProperties.class);
  }
}
