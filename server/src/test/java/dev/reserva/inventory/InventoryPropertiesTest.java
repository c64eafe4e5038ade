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
                Duration.ofMinutes(15), Duration.ofSeconds(1), 500, AllocationStrategy.PRIORITY));
  }

  @Test
  void names_are_pinned() {
    assertThat(
            bound(
                Map.of(
                    "reserva.inventory.reservation-ttl", "20s",
                    "reserva.inventory.expiry-interval", "100ms",
                    "reserva.inventory.expiry-batch", "7")))
        .isEqualTo(
            new InventoryProperties(
                Duration.ofSeconds(20), Duration.ofMillis(100), 7, AllocationStrategy.PRIORITY));
  }

  @Test
  void values_out_of_range_name_their_bounds() {
    assertThatThrownBy(() ->
            new InventoryProperties(
                Duration.ofDays(2), Duration.ofSeconds(1), 500, AllocationStrategy.PRIORITY))
        .hasMessage("reserva.inventory.reservation-ttl must be 1s..24h, was 48h");
    assertThatThrownBy(() ->
            new InventoryProperties(
                Duration.ofSeconds(1), Duration.ZERO, 500, AllocationStrategy.PRIORITY))
        .hasMessage("reserva.inventory.expiry-interval must be 10ms..24h, was 0s");
    assertThatThrownBy(() ->
            new InventoryProperties(
                Duration.ofSeconds(1), Duration.ofSeconds(1), 0, AllocationStrategy.PRIORITY))
        .hasMessage("reserva.inventory.expiry-batch must be 1..5000, was 0");
  }

  private static InventoryProperties bound(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("reserva.inventory", InventoryProperties.class);
  }
}
