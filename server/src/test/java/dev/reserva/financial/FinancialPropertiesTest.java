package dev.reserva.financial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.financial.application.CallPolicy;
import dev.reserva.financial.domain.Backoff;
import dev.reserva.financial.domain.PaymentMethod;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FinancialPropertiesTest {

  @Test
  void the_defaults_are_these() {
    FinancialProperties defaults = bind(Map.of());

    assertThat(defaults.provider()).isEqualTo("simulator");
    assertThat(defaults.method()).contains(PaymentMethod.CREDIT_CARD);
    assertThat(defaults.webhookSecret()).isNull();
    assertThat(defaults.callPolicy())
        .isEqualTo(
            new CallPolicy(
                Duration.ofSeconds(5),
                512,
                Duration.ofSeconds(10),
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)),
                64,
                Duration.ofSeconds(60)));
  }

  @Test
  void every_property_has_its_name() {
    FinancialProperties properties =
        bind(
            Map.of(
                "reserva.financial.provider", "none",
                "reserva.financial.default-method", "",
                "reserva.financial.call-timeout", "1s",
                "reserva.financial.max-calls", "7",
                "reserva.financial.first-backoff", "10ms",
                "reserva.financial.longest-backoff", "2s",
                "reserva.financial.max-attempts", "3",
                "reserva.financial.pending-inquiry", "5s",
                "reserva.financial.webhook-secret", "whsec_secret"));

    assertThat(properties.provider()).isEqualTo("none");
    assertThat(properties.method()).isEmpty();
    assertThat(properties.webhookSecret()).isEqualTo("whsec_secret");
    assertThat(properties.toString()).doesNotContain("whsec_");
    assertThat(properties.callPolicy())
        .isEqualTo(
            new CallPolicy(
                Duration.ofSeconds(1),
                7,
                Duration.ofSeconds(6),
                new Backoff(Duration.ofMillis(10), Duration.ofSeconds(2)),
                3,
                Duration.ofSeconds(5)));
  }

  @Test
  void a_provider_that_does_not_exist_is_refused() {
    assertThatThrownBy(() -> bind(Map.of("reserva.financial.provider", "stripe")))
        .rootCause()
        .hasMessage("reserva.financial.provider must be simulator or none, was \"stripe\"");
  }

  private static FinancialProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("reserva.financial", FinancialProperties.class);
  }
}
