package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.operations.OperationsProperties.Members;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OperationsPropertiesTest {

  @Test
  void defaults() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new OperationsProperties(
                Duration.ofSeconds(1),
                10_000,
                Duration.ofSeconds(60),
                50,
                Duration.ofSeconds(1),
                new Members(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of())));
  }

  @Test
  void names() {
    assertThat(
            bound(
                Map.of(
                    "reserva.operations.health-patience", "2s",
                    "reserva.operations.max-lag", "5",
                    "reserva.operations.integrity-time-limit", "3m",
                    "reserva.operations.dashboard-clients", "7",
                    "reserva.operations.dashboard-interval", "250ms",
                    "reserva.operations.members.sales", "http://a:1,https://b")))
        .isEqualTo(
            new OperationsProperties(
                Duration.ofSeconds(2),
                5,
                Duration.ofMinutes(3),
                7,
                Duration.ofMillis(250),
                new Members(
                    List.of(),
                    List.of(URI.create("http://a:1"), URI.create("https://b")),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of())));
  }

  @Test
  void invalid_values_are_refused() {
    assertThatThrownBy(() -> bound(Map.of("reserva.operations.dashboard-clients", "0")))
        .isInstanceOf(BindException.class)
        .hasRootCauseMessage("reserva.operations.dashboard-clients must be 1..1000, was 0");
    assertThatThrownBy(() -> bound(Map.of("reserva.operations.dashboard-interval", "1ms")))
        .hasRootCauseMessage("reserva.operations.dashboard-interval must be 100ms..1m, was 1ms");
    assertThatThrownBy(() -> bound(Map.of("reserva.operations.max-lag", "-1")))
        .hasRootCauseMessage("reserva.operations.max-lag must be at least 0, was -1");
  }

  private static OperationsProperties bound(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("reserva.operations", OperationsProperties.class);
  }
}
