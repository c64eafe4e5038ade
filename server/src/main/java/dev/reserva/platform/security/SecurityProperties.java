package dev.reserva.platform.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.security.*}
 *
 * @param tokenSecret what local tokens are signed with, at least 32 bytes; absent: generated once
 *     into {@code <data>/token-secret}. Processes that shall accept each other's tokens need the
 *     same
 * @param tokenLifetime of local tokens, 1 minute to 24 hours
 * @param issuer URL of an OpenID issuer whose tokens are accepted too; their {@code roles} claim
 *     names roles of this system
 * @param audience that the issuer's tokens must name; absent: any
 * @param adminPassword of the admin made at the first start; absent: generated into {@code
 *     <data>/admin-password}
 */
@ConfigurationProperties("reserva.security")
public record SecurityProperties(
    @Nullable String tokenSecret,
    @DefaultValue("1h") Duration tokenLifetime,
    @Nullable String issuer,
    @Nullable String audience,
    @Nullable String adminPassword) {

  public SecurityProperties {
    tokenSecret = absentIfBlank(tokenSecret);
    issuer = absentIfBlank(issuer);
    audience = absentIfBlank(audience);
    adminPassword = absentIfBlank(adminPassword);
    if (tokenLifetime.compareTo(Duration.ofMinutes(1)) < 0
        || tokenLifetime.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException("tokenLifetime must be 1m..24h, was " + tokenLifetime);
    }
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "SecurityProperties[tokenLifetime=%s, issuer=%s, audience=%s]"
        .formatted(tokenLifetime, issuer, audience);
  }

  private static @Nullable String absentIfBlank(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
