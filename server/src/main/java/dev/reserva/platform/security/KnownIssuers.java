package dev.reserva.platform.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies tokens by their issuer: each issuer has its own keys and rules. The issuer that a token
 * claims only selects the keys; the signature must match them.
 */
final class KnownIssuers implements JwtDecoder {

  /** Algorithms of RFC 7518 with a public key: an issuer with a shared secret is not supported. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** The {@code typ} of RFC 9068, and the one that most issuers write. One must be there. */
  private static final Set<JOSEObjectType> TYPES = Set.of(Tokens.ACCESS_TOKEN, JOSEObjectType.JWT);

  /** Largest difference between the clocks of the issuer and this machine. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final Map<String, JwtDecoder> decoders;

  private KnownIssuers(Map<String, JwtDecoder> decoders) {
    this.decoders = decoders;
  }

  /**
   * @param own what verifies the tokens of this system, by their issuers
   * @param nanoTime a clock that only moves forward
   */
  static KnownIssuers of(
      Map<String, JwtDecoder> own,
      SecurityProperties properties,
      Clock clock,
      LongSupplier nanoTime) {
    Map<String, JwtDecoder> decoders = new HashMap<>();
    String issuer = properties.issuer();
    if (issuer != null) {
      decoders.put(
          issuer, external(issuer, Objects.requireNonNull(properties.audience()), clock, nanoTime));
    }
    decoders.putAll(own);
    return new KnownIssuers(Map.copyOf(decoders));
  }

  /** Verifies type and signature. The claims are left to the decoder's validator. */
  static DefaultJWTProcessor<SecurityContext> processor(
      Set<JWSAlgorithm> algorithms, Set<JOSEObjectType> types, JWKSource<SecurityContext> keys) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(types));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    return processor;
  }

  @Override
  public Jwt decode(String token) {
    String issuer;
    try {
      JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
      if (claims == null) {
        throw new BadJwtException("the token's claims cannot be read, as when it is encrypted");
      }
      issuer = claims.getIssuer();
    } catch (ParseException | IllegalArgumentException e) {
      throw new BadJwtException("the token is ill-formed", e);
    }
    JwtDecoder decoder = decoders.get(Objects.requireNonNullElse(issuer, ""));
    if (decoder == null) {
      throw new BadJwtException("the token is of no issuer known here");
    }
    return decoder.decode(token);
  }

  /**
   * Fetches the issuer's keys with its first token, so that the issuer may be down at the start.
   */
  private static JwtDecoder external(
      String issuer, String audience, Clock clock, LongSupplier nanoTime) {
    JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
    times.setAllowEmptyExpiryClaim(false);
    times.setClock(clock);
    NimbusJwtDecoder decoder =
        new NimbusJwtDecoder(
            processor(
                ALGORITHMS,
                TYPES,
                new IssuerKeys(issuer, new OpenIdDiscovery(issuer), IssuerKeys.PAUSE, nanoTime)));
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            times,
            new JwtIssuerValidator(issuer),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, named -> named != null && named.contains(audience)),
            new JwtClaimValidator<String>(
                JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank())));
    return decoder;
  }
}
