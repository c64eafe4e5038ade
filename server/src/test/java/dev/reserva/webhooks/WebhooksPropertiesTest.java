package dev.reserva.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WebhooksPropertiesTest {

  static WebhooksProperties bound(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("reserva.webhooks", WebhooksProperties.class);
  }

  @Test
  void the_default_retries_last_three_days() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new WebhooksProperties(
                List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(24)),
                Duration.ofSeconds(15),
                4,
                Set.of(443, 8443),
                false,
                List.of()));
  }

  @Test
  @EffectOf({
    "reserva.webhooks.ports",
    "reserva.webhooks.plain-http",
    "reserva.webhooks.private-networks"
  })
  void an_address_of_the_shops_own_network_must_be_allowed() {
    String url = "http://10.1.2.3:8080/hooks";
    Map<String, String> allowing =
        Map.of(
            "reserva.webhooks.ports", "8080",
            "reserva.webhooks.plain-http", "true",
            "reserva.webhooks.private-networks", "10.1.0.0/16");
    assertThat(bound(allowing).urls().check(url)).hasToString(url);
    for (String needed : allowing.keySet()) {
      Map<String, String> others = new java.util.HashMap<>(allowing);
      others.remove(needed);
      assertThatThrownBy(() -> bound(others).urls().check(url))
          .as(needed)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void what_makes_no_sense_is_refused_with_the_propertys_name() {
    Map.of(
            "reserva.webhooks.private-networks", "10.0.0.0/40",
            "reserva.webhooks.ports", "70000",
            "reserva.webhooks.retries", "8d",
            "reserva.webhooks.timeout", "1ms",
            "reserva.webhooks.attempts-per-endpoint", "0")
        .forEach((name, value) ->
            assertThatThrownBy(() -> bound(Map.of(name, value)))
                .rootCause()
                .satisfiesAnyOf(
                    e -> assertThat(e).hasMessageContaining(name),
                    e -> assertThat(e).hasMessageContaining("must be")));
  }
}
