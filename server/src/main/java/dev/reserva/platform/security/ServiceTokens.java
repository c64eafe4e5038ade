package dev.reserva.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * The tokens by which the processes of one system prove to each other that they belong to it. They
 * open the {@linkplain Route#internal routes between processes} and no others; no other token opens
 * those.
 *
 * <p>A token is a JWT of a minute, signed with HS256. The key follows from the secret of the
 * installation, which all processes of a system have.
 */
public final class ServiceTokens {

  static final String ISSUER = "reserva-services";
  private static final String AUDIENCE = "reserva-services";
  private static final JOSEObjectType TYPE = new JOSEObjectType("service+jwt");
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  /** Largest difference between the clocks of two processes. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final SecretKey key;
  private final String name;
  private final Clock clock;
  private final NimbusJwtDecoder decoder;

  /**
   * @param name of this process, shown in records of what was refused
   */
  ServiceTokens(InstallationSecret secret, String name, Clock clock) {
    this.key = key(secret);
    this.name = name;
    this.clock = clock;
    JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
    times.setAllowEmptyExpiryClaim(false);
    times.setClock(clock);
    decoder =
        new NimbusJwtDecoder(
            KnownIssuers.processor(
                Set.of(JWSAlgorithm.HS256), Set.of(TYPE), new ImmutableSecret<>(key)));
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            times,
            new JwtIssuerValidator(ISSUER),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, audience -> audience != null && audience.contains(AUDIENCE)),
            new JwtClaimValidator<String>(
                JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank())));
  }

  /** A token of this process. */
  public String issue() {
    Instant now = clock.instant();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(name)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build());
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
    return token.serialize();
  }

  /**
   * @throws org.springframework.security.oauth2.jwt.JwtException if no process of this system has
   *     made it
   */
  Jwt decode(String token) {
    return decoder.decode(token);
  }

  static boolean isOne(Jwt token) {
    return ISSUER.equals(token.getClaimAsString(JwtClaimNames.ISS));
  }

  private static SecretKey key(InstallationSecret secret) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "HmacSHA256",
              HKDFParameterSpec.ofExtract()
                  .addIKM(secret.value().getBytes(StandardCharsets.UTF_8))
                  .thenExpand("reserva service tokens 1".getBytes(StandardCharsets.US_ASCII), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 25 has HKDF-SHA256", e);
    }
  }
}
