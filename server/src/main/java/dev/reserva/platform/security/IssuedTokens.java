package dev.reserva.platform.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
 * Reads the access tokens that {@link Tokens} issues, here or in another process.
 *
 * <p>Whether a token was revoked is not decided here, but by {@link UnrevokedTokens}.
 */
final class IssuedTokens implements JwtDecoder {

  /** Largest difference between the clocks of two processes. */
  static final Duration SKEW = Duration.ofSeconds(5);

  private final NimbusJwtDecoder decoder;

  IssuedTokens(JWKSource<SecurityContext> keys, Clock clock) {
    JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
    times.setAllowEmptyExpiryClaim(false);
    times.setClock(clock);
    decoder =
        new NimbusJwtDecoder(
            KnownIssuers.processor(Set.of(JWSAlgorithm.ES256), Set.of(Tokens.ACCESS_TOKEN), keys));
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            times,
            new JwtIssuerValidator(Tokens.LOCAL_ISSUER),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD,
                audience -> audience != null && audience.contains(Tokens.LOCAL_AUDIENCE)),
            new JwtClaimValidator<String>(
                JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank()),
            namesALogin()));
  }

  /**
   * Tells keys that cannot be read from tokens that are not valid.
   *
   * @throws UnrevokedTokens.Uncheckable if the key of the token cannot be looked up now
   */
  @Override
  public Jwt decode(String token) {
    try {
      return decoder.decode(token);
    } catch (JwtException e) {
      throw e.getCause() instanceof RemoteKeySourceException unreadable
          ? new UnrevokedTokens.Uncheckable(unreadable)
          : e;
    }
  }

  /** A token that names no log-in could not be revoked. */
  private static OAuth2TokenValidator<Jwt> namesALogin() {
    OAuth2Error error =
        new OAuth2Error("invalid_token", "the token names no account, version and session", null);
    return token -> {
      try {
        Login _ = Tokens.login(token);
        return OAuth2TokenValidatorResult.success();
      } catch (RuntimeException e) {
        return OAuth2TokenValidatorResult.failure(error);
      }
    };
  }
}
