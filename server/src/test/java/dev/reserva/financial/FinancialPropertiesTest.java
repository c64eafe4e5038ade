package dev.reserva.financial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.financial.application.CallPolicy;
import dev.reserva.financial.application.PaymentPolicy;
import dev.reserva.financial.domain.Backoff;
import dev.reserva.financial.domain.PaymentMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FinancialPropertiesTest {

  @Test
  void the_defaults_are_these() {
    FinancialProperties defaults = bind(Map.of());

    assertThat(defaults.provider()).isEqualTo("simulator");
    assertThat(defaults.method()).contains(PaymentMethod.CREDIT_CARD);
    assertThat(defaults.paymentPolicy())
        .isEqualTo(PaymentPolicy.once(Optional.of(PaymentMethod.CREDIT_CARD)));
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
                "reserva.financial.tries", "4",
                "reserva.financial.pending-inquiry", "5s",
                "reserva.financial.webhook-secret", "whsec_secret"));

    assertThat(properties.provider()).isEqualTo("none");
    assertThat(properties.paymentPolicy()).isEqualTo(new PaymentPolicy(Optional.empty(), 4));
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
  void an_order_is_tried_to_be_paid_once_to_ten_times() {
    assertRefused(
        Map.of("reserva.financial.tries", "0"), "reserva.financial.tries must be 1..10, was 0");
    assertRefused(
        Map.of("reserva.financial.tries", "11"), "reserva.financial.tries must be 1..10, was 11");
  }

  @Test
  void a_provider_that_does_not_exist_is_refused() {
    assertRefused(
        Map.of("reserva.financial.provider", "strip"),
        "reserva.financial.provider must be simulator, stripe or none, was \"strip\"");
  }

  @Test
  void stripe_needs_its_key_and_the_secret_of_its_webhooks() {
    String needed =
        "reserva.financial.provider is stripe, so reserva.financial.stripe.api-key and"
            + " reserva.financial.webhook-secret must be set";
    assertRefused(Map.of("reserva.financial.provider", "stripe"), needed);
    assertRefused(
        Map.of(
            "reserva.financial.provider", "stripe",
            "reserva.financial.webhook-secret", "whsec_x",
            "reserva.financial.stripe.api-key", " "),
        needed);

    FinancialProperties complete =
        bind(
            Map.of(
                "reserva.financial.provider", "stripe",
                "reserva.financial.webhook-secret", "whsec_x",
                "reserva.financial.stripe.api-key", "sk_test_x"));
    assertThat(complete.stripe().url()).isEqualTo("https://api.stripe.com");
    assertThat(complete.toString()).doesNotContain("sk_test_x").doesNotContain("whsec_x");
  }

  @Test
  void stripe_is_reached_by_https_only_except_on_this_machine() {
    for (String url :
        List.of(
            "http://api.stripe.com",
            "ftp://127.0.0.1",
            "api.stripe.com",
            "https://user:secret@api.stripe.com",
            "https://api.stripe.com/v1",
            "https://api.stripe.com?x",
            " ")) {
      assertRefused(
          Map.of("reserva.financial.stripe.url", url),
          "reserva.financial.stripe.url must be https://<host> without a path, or http:// on the"
              + " loopback address, was \"%s\"".formatted(url));
    }
    assertThat(
            bind(Map.of("reserva.financial.stripe.url", "http://127.0.0.1:12111")).stripe().url())
        .isEqualTo("http://127.0.0.1:12111");
  }

  private static void assertRefused(Map<String, String> properties, String message) {
    assertThatThrownBy(() -> bind(properties)).rootCause().hasMessage(message);
  }

  private static FinancialProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("reserva.financial", FinancialProperties.class);
  }
}
