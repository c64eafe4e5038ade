package dev.reserva.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.sales.SalesSettings.DeadlineSettings;
import dev.reserva.sales.SalesSettings.LimitSettings;
import dev.reserva.sales.SalesSettings.PlacingSettings;
import dev.reserva.sales.SalesSettings.UnverifiedSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SalesSettingsTest {

  @Test
  void defaults_are_as_documented() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new SalesSettings(
                new DeadlineSettings(
                    Duration.ofDays(7),
                    Duration.ofMinutes(20),
                    Duration.ofMinutes(20),
                    Duration.ofMinutes(20),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1)),
                new PlacingSettings(500, 128, 1_000, Duration.ofMillis(250)),
                new LimitSettings(10, 1_000, 10, new UnverifiedSettings(3, 20, 5)),
                Duration.ofSeconds(2),
                1_000,
                true));
  }

  @Test
  void every_value_can_be_set() {
    assertThat(
            bound(
                Map.ofEntries(
                    Map.entry("reserva.sales.deadlines.draft", "4d"),
                    Map.entry("reserva.sales.deadlines.pending", "1m"),
                    Map.entry("reserva.sales.deadlines.pending-payment", "2d"),
                    Map.entry("reserva.sales.deadlines.paid", "3m"),
                    Map.entry("reserva.sales.deadlines.interval", "100ms"),
                    Map.entry("reserva.sales.deadlines.start-grace", "0s"),
                    Map.entry("reserva.sales.placing.max-group", "7"),
                    Map.entry("reserva.sales.placing.min-waiting", "4"),
                    Map.entry("reserva.sales.placing.max-waiting", "8"),
                    Map.entry("reserva.sales.placing.max-wait", "11ms"),
                    Map.entry("reserva.sales.limits.open-orders", "12"),
                    Map.entry("reserva.sales.limits.units-per-product", "13"),
                    Map.entry("reserva.sales.limits.given-up-per-hour", "14"),
                    Map.entry("reserva.sales.limits.unverified.open-orders", "0"),
                    Map.entry("reserva.sales.limits.unverified.units-per-product", "15"),
                    Map.entry("reserva.sales.limits.unverified.given-up-per-hour", "16"),
                    Map.entry("reserva.sales.catch-up", "9s"),
                    Map.entry("reserva.sales.max-waiting", "10"),
                    Map.entry("reserva.sales.prices-include-tax", "false"))))
        .isEqualTo(
            new SalesSettings(
                new DeadlineSettings(
                    Duration.ofDays(4),
                    Duration.ofMinutes(1),
                    Duration.ofDays(2),
                    Duration.ofMinutes(3),
                    Duration.ofMillis(100),
                    Duration.ZERO),
                new PlacingSettings(7, 4, 8, Duration.ofMillis(11)),
                new LimitSettings(12, 13, 14, new UnverifiedSettings(0, 15, 16)),
                Duration.ofSeconds(9),
                10,
                false));
  }

  private static SalesSettings bound(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("reserva.sales", SalesSettings.class);
  }
}
