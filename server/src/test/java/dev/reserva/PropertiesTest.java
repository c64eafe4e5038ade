package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.customers.CustomersProperties;
import dev.reserva.platform.backbone.BackboneProperties;
import dev.reserva.platform.database.DatabaseProperties;
import dev.reserva.platform.limits.LimitProperties;
import dev.reserva.platform.privacy.PrivacyProperties;
import dev.reserva.platform.security.SecurityProperties;
import dev.reserva.platform.web.HttpProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Every default and every name of the platform's and the customers' configuration. */
class PropertiesTest {

  private static <T> T bound(String prefix, Class<T> type, Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
  }

  @Test
  void the_default_database_is_the_embedded_one() {
    assertThat(bound("reserva.database", DatabaseProperties.class, Map.of()))
        .isEqualTo(
            new DatabaseProperties(
                null,
                "reserva",
                "",
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20)));
    assertThat(
            bound(
                "reserva.database",
                DatabaseProperties.class,
                Map.of(
                    "reserva.database.url", "jdbc:postgresql://db/reserva",
                    "reserva.database.username", "shop",
                    "reserva.database.password", "secret",
                    "reserva.database.pool-size", "32",
                    "reserva.database.connection-timeout", "2s",
                    "reserva.database.start-timeout", "1m",
                    "reserva.database.answer-timeout", "10s")))
        .isEqualTo(
            new DatabaseProperties(
                "jdbc:postgresql://db/reserva",
                "shop",
                "secret",
                32,
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10)));
  }

  @Test
  void events_are_kept_for_a_year_by_default() {
    assertThat(bound("reserva.events", BackboneProperties.class, Map.of()))
        .isEqualTo(
            new BackboneProperties(
                Duration.ofDays(365), Duration.ofDays(1), 5_000_000, Duration.ofSeconds(3)));
    assertThat(
            bound(
                "reserva.events",
                BackboneProperties.class,
                Map.of(
                    "reserva.events.retention", "30d",
                    "reserva.events.segment-age", "1h",
                    "reserva.events.segment-events", "1000",
                    "reserva.events.stop-timeout", "1s")))
        .isEqualTo(
            new BackboneProperties(
                Duration.ofDays(30), Duration.ofHours(1), 1_000, Duration.ofSeconds(1)));
  }

  @Test
  void by_default_tokens_last_ten_minutes_and_secrets_are_generated() {
    assertThat(bound("reserva.security", SecurityProperties.class, Map.of()))
        .isEqualTo(
            new SecurityProperties(
                null,
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                Duration.ofDays(30),
                null,
                null,
                null,
                SecurityProperties.SecondFactorPolicy.OPTIONAL));
    assertThat(
            bound(
                "reserva.security",
                SecurityProperties.class,
                Map.of(
                    "reserva.security.token-secret", "a",
                    "reserva.security.token-lifetime", "5m",
                    "reserva.security.refresh-token-lifetime", "12h",
                    "reserva.security.key-rotation", "90d",
                    "reserva.security.issuer", "https://id.example.org",
                    "reserva.security.audience", "shop",
                    "reserva.security.admin-password", "b",
                    "reserva.security.staff-second-factor", "required")))
        .isEqualTo(
            new SecurityProperties(
                "a",
                Duration.ofMinutes(5),
                Duration.ofHours(12),
                Duration.ofDays(90),
                "https://id.example.org",
                "shop",
                "b",
                SecurityProperties.SecondFactorPolicy.REQUIRED));
  }

  @Test
  void by_default_the_secret_of_privacy_is_generated() {
    assertThat(bound("reserva.privacy", PrivacyProperties.class, Map.of()))
        .isEqualTo(new PrivacyProperties(null, List.of()));
    String secret = "s".repeat(32);
    String former = "f".repeat(32);
    assertThat(
            bound(
                "reserva.privacy",
                PrivacyProperties.class,
                Map.of(
                    "reserva.privacy.secret",
                    secret,
                    "reserva.privacy.former-secrets",
                    former + "," + secret)))
        .isEqualTo(new PrivacyProperties(secret, List.of(former, secret)));
  }

  @Test
  void logins_and_links_are_limited_by_default() {
    assertThat(bound("reserva.customers", CustomersProperties.class, Map.of()))
        .isEqualTo(
            new CustomersProperties(
                10,
                Duration.ofMinutes(15),
                300,
                Duration.ofDays(7),
                Duration.ofHours(1),
                List.of("reserva")));
    assertThat(
            bound(
                "reserva.customers",
                CustomersProperties.class,
                Map.of(
                    "reserva.customers.failed-logins-per-user", "1",
                    "reserva.customers.longest-login-delay", "1h",
                    "reserva.customers.logins-per-address", "2",
                    "reserva.customers.verification-lifetime", "1d",
                    "reserva.customers.reset-lifetime", "30m",
                    "reserva.customers.context-words", "Casa Azul,ipanema")))
        .isEqualTo(
            new CustomersProperties(
                1,
                Duration.ofHours(1),
                2,
                Duration.ofDays(1),
                Duration.ofMinutes(30),
                List.of("Casa Azul", "ipanema")));
    assertThat(
            bound(
                    "reserva.customers",
                    CustomersProperties.class,
                    Map.of("reserva.customers.context-words", ""))
                .contextWords())
        .as("none")
        .isEmpty();
  }

  @Test
  void a_context_word_that_is_too_short_to_count_is_refused_at_the_start() {
    assertThatThrownBy(() ->
            bound(
                "reserva.customers",
                CustomersProperties.class,
                Map.of("reserva.customers.context-words", "reserva,tea")))
        .isInstanceOf(BindException.class)
        .hasRootCauseMessage(
            "reserva.customers.context-words must have words of 4..64 characters, had \"tea\"");
  }

  @Test
  void connections_are_limited_and_no_proxy_is_trusted_by_default(@TempDir Path folder)
      throws IOException {
    String file = Files.createFile(folder.resolve("pem")).toString();
    assertThat(bound("reserva.http", HttpProperties.class, Map.of()))
        .isEqualTo(
            new HttpProperties(
                null,
                new HttpProperties.Tls(null, null),
                List.of(),
                1_536,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                DataSize.ofBytes(500)));
    assertThat(
            bound(
                "reserva.http",
                HttpProperties.class,
                Map.of(
                    "reserva.http.bind-address", "127.0.0.1",
                    "reserva.http.tls.certificate", file,
                    "reserva.http.tls.key", file,
                    "reserva.http.trusted-proxies", "10.0.0.0/8, ::1",
                    "reserva.http.connections-per-address", "7",
                    "reserva.http.header-timeout", "2s",
                    "reserva.http.body-timeout", "3s",
                    "reserva.http.min-body-rate", "1KB")))
        .isEqualTo(
            new HttpProperties(
                "127.0.0.1",
                new HttpProperties.Tls(file, file),
                List.of("10.0.0.0/8", "::1"),
                7,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                DataSize.ofKilobytes(1)));
  }

  @Test
  void short_secrets_of_privacy_are_refused_at_the_start() {
    for (String name : List.of("reserva.privacy.secret", "reserva.privacy.former-secrets")) {
      assertThatThrownBy(
              () -> bound("reserva.privacy", PrivacyProperties.class, Map.of(name, "s".repeat(31))))
          .isInstanceOf(BindException.class)
          .hasRootCauseMessage(name + " must have at least 32 bytes, had 31");
    }
  }

  @Test
  void requests_are_limited_by_default() {
    assertThat(bound("reserva.http.limits", LimitProperties.class, Map.of()))
        .isEqualTo(new LimitProperties(100, 100, 50, 50, 20, 50_000));
    assertThat(
            bound(
                "reserva.http.limits",
                LimitProperties.class,
                Map.of(
                    "reserva.http.limits.sign-ups", "1",
                    "reserva.http.limits.anonymous-reads", "2",
                    "reserva.http.limits.anonymous-writes", "3",
                    "reserva.http.limits.customer-reads", "4",
                    "reserva.http.limits.customer-writes", "5",
                    "reserva.http.limits.staff-requests", "6")))
        .isEqualTo(new LimitProperties(1, 2, 3, 4, 5, 6));
  }

  @Test
  void invalid_values_are_refused_at_the_start() {
    assertThatThrownBy(() ->
            bound(
                "reserva.database",
                DatabaseProperties.class,
                Map.of("reserva.database.pool-size", "1")))
        .isInstanceOf(BindException.class)
        .hasRootCauseMessage("reserva.database.pool-size must be 2..500, was 1");
  }

  @Test
  void secrets_are_not_printed() {
    assertThat(
            new SecurityProperties(
                    "hush",
                    Duration.ofMinutes(10),
                    Duration.ofDays(30),
                    Duration.ofDays(30),
                    null,
                    null,
                    "quiet",
                    SecurityProperties.SecondFactorPolicy.OPTIONAL)
                .toString())
        .doesNotContain("hush", "quiet");
    assertThat(
            bound(
                    "reserva.database",
                    DatabaseProperties.class,
                    Map.of("reserva.database.password", "hush"))
                .toString())
        .doesNotContain("hush");
  }
}
