package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StartOptionsTest {

  private final Properties properties = new Properties();

  private StartOptions with(
      @Nullable Integer port, @Nullable Path data, Map<String, String> environment) {
    return StartOptions.of(port, data, null, properties, environment);
  }

  @Test
  void an_option_comes_before_a_property_before_a_variable_before_the_default() {
    assertThat(with(null, null, Map.of())).isEqualTo(new StartOptions(8080, Path.of("data"), null));
    Map<String, String> environment = Map.of("RESERVA_PORT", "1", "RESERVA_DATA", "variable");
    assertThat(with(null, null, environment))
        .isEqualTo(new StartOptions(1, Path.of("variable"), null));
    properties.setProperty("reserva.port", "2");
    properties.setProperty("reserva.data", "property");
    assertThat(with(null, null, environment))
        .isEqualTo(new StartOptions(2, Path.of("property"), null));
    assertThat(with(3, Path.of("option"), environment))
        .isEqualTo(new StartOptions(3, Path.of("option"), null));
  }

  @Test
  void services_are_the_servers_to_find_unless_they_are_an_option() {
    assertThat(new StartOptions(0, Path.of("d"), null).arguments())
        .containsExactly("--reserva.data=d", "--server.port=0");
    assertThat(new StartOptions(0, Path.of("d"), "sales,customers").arguments())
        .contains("--reserva.services=sales,customers");
  }

  @Test
  void an_invalid_port_is_refused() {
    assertThatThrownBy(() -> with(70_000, null, Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--port must be 0..65535, such as 8080, was 70000");
    assertThatThrownBy(() -> with(null, null, Map.of("RESERVA_PORT", "http")))
        .hasMessage("reserva.port must be 0..65535, such as 8080, was http");
  }

  @Test
  void a_variable_of_kubernetes_is_not_taken_for_the_port() {
    assertThat(with(null, null, Map.of("RESERVA_PORT", "tcp://10.0.0.7:8080")).port())
        .isEqualTo(8080);
  }
}
