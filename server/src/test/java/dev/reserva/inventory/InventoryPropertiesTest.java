package dev.reserva.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.inventory.domain.AllocationStrategy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class InventoryPropertiesTest {

  @Test
  void defaults_are_pinned() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new InventoryProperties(
                Duration.ofMinutes(15),
                Duration.ofSeconds(1),
                500,
                Duration.ofSeconds(1),
                Duration.ofDays(180),
                AllocationStrategy.PRIORITY));
  }

  @Test
  void names_are_pinned() {
    assertThat(
            bound(
                Map.of(
                    "reserva.inventory.reservation-ttl", "20s",
                    "reserva.inventory.expiry-interval", "100ms",
                    "reserva.inventory.expiry-batch", "7",
                    "reserva.inventory.allocation-interval", "200ms",
                    "reserva.inventory.longest-wait", "9d")))
        .isEqualTo(
            new InventoryProperties(
                Duration.ofSeconds(20),
                Duration.ofMillis(100),
                7,
                Duration.ofMillis(200),
                Duration.ofDays(9),
                AllocationStrategy.PRIORITY));
  }

  @Test
  void values_out_of_range_name_their_bounds() {
    assertThatThrownBy(() ->
            new InventoryProperties(
                Duration.ofDays(2),
                Duration.ofSeconds(1),
                500,
                Duration.ofSeconds(1),
                Duration.ofDays(180),
                AllocationStrategy.PRIORITY))
        .hasMessage("reserva.inventory.reservation-ttl must be 1s..24h, was 48h");
    assertThatThrownBy(() ->
            new InventoryProperties(
                Duration.ofSeconds(1),
                Duration.ZERO,
                500,
                Duration.ofSeconds(1),
                Duration.ofDays(180),
                AllocationStrategy.PRIORITY))
        .hasMessage("reserva.inventory.expiry-interval must be 10ms..24h, was 0s");
    assertThatThrownBy(() ->
            new InventoryProperties(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                0,
                Duration.ofSeconds(1),
                Duration.ofDays(180),
                AllocationStrategy.PRIORITY))
        .hasMessage("reserva.inventory.expiry-batch must be 1..5000, was 0");
    assertThatThrownBy(() -> bound(Map.of("reserva.inventory.allocation-interval", "1ms")))
        .rootCause()
        .hasMessage("reserva.inventory.allocation-interval must be 10ms..24h, was 1ms");
    assertThatThrownBy(() -> bound(Map.of("reserva.inventory.longest-wait", "59m")))
        .rootCause()
        .hasMessageStartingWith("reserva.inventory.longest-wait must be 1h..");
  }

  private static InventoryProperties bound(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("reserva.inventory", InventoryProperties.class);
  }
}
