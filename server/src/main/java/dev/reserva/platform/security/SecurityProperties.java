package dev.reserva.platform.security;

import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.security.*}
 *
 * @param tokenSecret encrypts the private keys that sign tokens, at least 32 bytes; absent:
 *     generated once into {@code <data>/token-secret}. Processes with the same secret share their
 *     keys
 * @param tokenLifetime of access tokens, 1 minute to 1 hour
 * @param refreshTokenLifetime from the log-in on, 1 hour to 365 days
 * @param keyRotation how long a key signs tokens, 1 hour to 365 days
 * @param issuer URL of an OpenID issuer whose tokens are accepted too; their {@code roles} claim
 *     names roles of this system
 * @param audience that the issuer's tokens must name in {@code aud}; required with an issuer, whose
 *     tokens for other programs would be accepted otherwise
 * @param adminPassword of the admin made at the first start; absent: generated into {@code
 *     <data>/admin-password}
 * @param staffSecondFactor whether staff without a second factor may do anything but set one up
 */
@ConfigurationProperties("reserva.security")
public record SecurityProperties(
    @Secret @Nullable String tokenSecret,
    @DefaultValue("10m") Duration tokenLifetime,
    @DefaultValue("30d") Duration refreshTokenLifetime,
    @DefaultValue("30d") Duration keyRotation,
    @Nullable String issuer,
    @Nullable String audience,
    @Secret @Nullable String adminPassword,
    @DefaultValue("optional") SecondFactorPolicy staffSecondFactor) {

  /** Whether staff must have a second factor. */
  public enum SecondFactorPolicy {
    OPTIONAL,
    REQUIRED
  }

  /** An access token is revoked for as long as this, so it must not live longer. */
  static final Duration LONGEST_TOKEN_LIFETIME = Duration.ofHours(1);

  public SecurityProperties {
    tokenSecret = absentIfBlank(tokenSecret);
    issuer = absentIfBlank(issuer);
    audience = absentIfBlank(audience);
    adminPassword = absentIfBlank(adminPassword);
    Allowed.range(
        "reserva.security.token-lifetime",
        tokenLifetime,
        Duration.ofMinutes(1),
        LONGEST_TOKEN_LIFETIME);
    Allowed.range(
        "reserva.security.refresh-token-lifetime",
        refreshTokenLifetime,
        Duration.ofHours(1),
        Duration.ofDays(365));
    Allowed.range(
        "reserva.security.key-rotation", keyRotation, Duration.ofHours(1), Duration.ofDays(365));
    if (issuer != null && !issuer.matches("https?://[^/?#]+(/[^?#]*)?")) {
      throw new IllegalArgumentException(
          "reserva.security.issuer must be a URL like https://id.example.org, was " + issuer);
    }
    if (issuer != null && audience == null) {
      throw new IllegalArgumentException(
          "reserva.security.audience must be set together with reserva.security.issuer:"
              + " otherwise the issuer's tokens for other programs would be accepted");
    }
  }

  /** Leaves the secrets out, because this text is logged. */
  @Override
  public String toString() {
    return ("SecurityProperties[tokenLifetime=%s, refreshTokenLifetime=%s, keyRotation=%s, issuer=%s,"
            + " audience=%s]")
        .formatted(tokenLifetime, refreshTokenLifetime, keyRotation, issuer, audience);
  }

  private static @Nullable String absentIfBlank(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
