package dev.reserva.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Issues and reads the access tokens of local users: JWT of RFC 9068, signed with ES256.
 *
 * <p>Whether a token was revoked is not decided here, but by {@link UnrevokedTokens}.
 */
public final class Tokens {

  static final String LOCAL_ISSUER = "reserva";
  static final String LOCAL_AUDIENCE = "reserva";
  static final String ROLES = "roles";
  static final String CUSTOMER_ID = "customerId";
  static final String ACCOUNT = "account";
  static final String VERSION = "version";
  static final String SESSION = "sid";

  /** The {@code typ} of an access token in RFC 9068. */
  static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  /** Largest difference between the clocks of two processes on one database. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final TokenKeys keys;
  private final JwtDecoder decoder;
  private final Duration lifetime;

  Tokens(TokenKeys keys, Duration lifetime, Clock clock) {
    this.keys = keys;
    this.lifetime = lifetime;
    JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
    times.setAllowEmptyExpiryClaim(false);
    times.setClock(clock);
    NimbusJwtDecoder local =
        new NimbusJwtDecoder(
            KnownIssuers.processor(Set.of(JWSAlgorithm.ES256), Set.of(ACCESS_TOKEN), keys));
    local.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            times,
            new JwtIssuerValidator(LOCAL_ISSUER),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD,
                audience -> audience != null && audience.contains(LOCAL_AUDIENCE)),
            new JwtClaimValidator<String>(
                JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank()),
            namesALogin()));
    this.decoder = token -> decoded(token, local);
  }

  /** Tells keys that cannot be read from tokens that are not valid. */
  private static Jwt decoded(String token, JwtDecoder local) {
    try {
      return local.decode(token);
    } catch (JwtException e) {
      throw e.getCause() instanceof RemoteKeySourceException unreadable
          ? new UnrevokedTokens.Uncheckable(unreadable)
          : e;
    }
  }

  /** A token that says who the caller is. */
  public String issue(Caller caller, Login login, Instant now) {
    ECKey key = keys.signing(now);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(LOCAL_ISSUER)
            .audience(LOCAL_AUDIENCE)
            .subject(caller.name())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .claim(ROLES, caller.roles().stream().map(Role::wire).sorted().toList())
            .claim(ACCOUNT, login.account().toString())
            .claim(VERSION, login.version())
            .claim(SESSION, login.session().toString());
    if (caller.customerId() != null) {
      claims.claim(CUSTOMER_ID, caller.customerId().toString());
    }
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(ACCESS_TOKEN)
                .keyID(key.getKeyID())
                .build(),
            claims.build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the key %s cannot sign".formatted(key.getKeyID()), e);
    }
    return token.serialize();
  }

  public Duration lifetime() {
    return lifetime;
  }

  /** Throws {@link UnrevokedTokens.Uncheckable} if the key of a token cannot be looked up now. */
  JwtDecoder decoder() {
    return decoder;
  }

  static boolean isLocal(Jwt token) {
    return LOCAL_ISSUER.equals(token.getClaimAsString(JwtClaimNames.ISS));
  }

  /**
   * @throws RuntimeException if a claim is missing or ill-formed
   */
  static Login login(Jwt token) {
    return new Login(
        UUID.fromString(Objects.requireNonNull(token.getClaimAsString(ACCOUNT))),
        Math.toIntExact(Objects.requireNonNull(token.<Long>getClaim(VERSION))),
        UUID.fromString(Objects.requireNonNull(token.getClaimAsString(SESSION))));
  }

  /** A token that names no log-in could not be revoked. */
  private static OAuth2TokenValidator<Jwt> namesALogin() {
    OAuth2Error error =
        new OAuth2Error("invalid_token", "the token names no account, version and session", null);
    return token -> {
      try {
        Login _ = login(token);
        return OAuth2TokenValidatorResult.success();
      } catch (RuntimeException e) {
        return OAuth2TokenValidatorResult.failure(error);
      }
    };
  }
}
