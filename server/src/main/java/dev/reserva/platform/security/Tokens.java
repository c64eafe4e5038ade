package dev.reserva.platform.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Issues and reads the tokens of local users: JWT, signed with HMAC-SHA256. */
public final class Tokens {

  static final String LOCAL_ISSUER = "reserva";
  static final String ROLES = "roles";
  static final String CUSTOMER_ID = "customerId";

  private static final int MIN_SECRET_BYTES = 32; // RFC 7518: no shorter than the hash

  private final JwtEncoder encoder;
  private final JwtDecoder decoder;
  private final Duration lifetime;

  /**
   * @param secret at least 32 bytes
   */
  public Tokens(String secret, Duration lifetime) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "reserva.security.token-secret must have at least %d bytes, had %d"
              .formatted(MIN_SECRET_BYTES, bytes.length));
    }
    SecretKey key = new SecretKeySpec(bytes, "HmacSHA256");
    this.encoder = NimbusJwtEncoder.withSecretKey(key).algorithm(MacAlgorithm.HS256).build();
    NimbusJwtDecoder local =
        NimbusJwtDecoder.withSecretKey(key).macAlgorithm(MacAlgorithm.HS256).build();
    JwtTimestampValidator times = new JwtTimestampValidator(Duration.ofSeconds(5));
    times.setAllowEmptyExpiryClaim(false);
    local.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(times, new JwtIssuerValidator(LOCAL_ISSUER)));
    this.decoder = local;
    this.lifetime = lifetime;
  }

  /** A token that says who the caller is. */
  public String issue(Caller caller, Instant now) {
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .issuer(LOCAL_ISSUER)
            .subject(caller.name())
            .issuedAt(now)
            .expiresAt(now.plus(lifetime))
            .claim(ROLES, caller.roles().stream().map(Role::wire).sorted().toList());
    if (caller.customerId() != null) {
      claims.claim(CUSTOMER_ID, caller.customerId().toString());
    }
    return encoder
        .encode(
            JwtEncoderParameters.from(
                JwsHeader.with(MacAlgorithm.HS256).type("JWT").build(), claims.build()))
        .getTokenValue();
  }

  public Duration lifetime() {
    return lifetime;
  }

  JwtDecoder decoder() {
    return decoder;
  }
}
