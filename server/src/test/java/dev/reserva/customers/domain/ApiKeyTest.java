package dev.reserva.customers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private static ApiKey.Maker maker(UserRole... roles) {
    return new ApiKey.Maker("ana", UUID.randomUUID(), Set.of(roles));
  }

  private static ApiKey key(UserRole... roles) {
    return new ApiKey(
        UUID.randomUUID(),
        new KeyName("Import"),
        "abc",
        Set.of(roles),
        maker(UserRole.ADMIN),
        NOW,
        NOW.plusSeconds(1),
        null,
        null);
  }

  @Test
  void a_maker_gives_only_roles_that_it_has() {
    assertThat(maker(UserRole.OPERATOR).lacks(Set.of(UserRole.OPERATOR))).isEmpty();
    assertThat(maker(UserRole.OPERATOR).lacks(Set.of(UserRole.OPERATOR, UserRole.ADMIN)))
        .containsExactly(UserRole.ADMIN);
    assertThat(maker(UserRole.ADMIN).lacks(Set.of(UserRole.OPERATOR, UserRole.WAREHOUSE)))
        .isEmpty();
    assertThat(maker().lacks(Set.of(UserRole.WAREHOUSE))).containsExactly(UserRole.WAREHOUSE);
  }

  @Test
  void a_key_has_roles_of_staff() {
    assertThat(key(UserRole.WAREHOUSE).roles()).containsExactly(UserRole.WAREHOUSE);
    assertThatThrownBy(ApiKeyTest::key).hasMessage("an API key needs roles of staff, had []");
    assertThatThrownBy(() -> key(UserRole.CUSTOMER))
        .hasMessage("an API key needs roles of staff, had [CUSTOMER]");
  }

  @Test
  void a_key_expires_within_a_year() {
    assertThat(ApiKey.expiry(null, NOW)).isEqualTo(NOW.plus(Duration.ofDays(365)));
    Instant latest = NOW.plus(Duration.ofDays(366));
    assertThat(ApiKey.expiry(latest, NOW)).isEqualTo(latest);
    assertThat(ApiKey.expiry(NOW.plusNanos(1), NOW)).isEqualTo(NOW.plusNanos(1));
    assertThatThrownBy(() -> ApiKey.expiry(NOW, NOW))
        .hasMessage("must be after now and at most 366 days from now, was 2026-01-31T12:00:00Z");
    assertThatThrownBy(() -> ApiKey.expiry(latest.plusNanos(1), NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_key_has_a_name_on_one_line() {
    assertThat(new KeyName(" " + "x".repeat(100)).value()).hasSize(100);
    assertThatThrownBy(() -> new KeyName("x".repeat(101)))
        .hasMessage("name must have 1..100 characters, had 101");
    assertThatThrownBy(() -> new KeyName("a\nb")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_secret_is_random_and_not_printed() {
    ApiKeySecret secret = ApiKeySecret.random(new SecureRandom());
    assertThat(secret.text()).matches("rsv_[a-z2-7]{8}_[a-z2-7]{52}");
    assertThat(secret.text()).contains(secret.prefix(), secret.secret());
    assertThat(ApiKeySecret.random(new SecureRandom())).isNotEqualTo(secret);
    assertThat(secret.toString()).isEqualTo("ApiKeySecret[prefix=%s]", secret.prefix());
  }
}
