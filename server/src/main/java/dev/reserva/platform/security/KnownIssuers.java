package dev.reserva.platform.security;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Reads tokens by their issuer: each issuer's with its own keys and rules. The issuer that a token
 * claims only chooses the keys; its signature must fit them.
 */
final class KnownIssuers implements JwtDecoder {

  private final Map<String, JwtDecoder> decoders;

  private KnownIssuers(Map<String, JwtDecoder> decoders) {
    this.decoders = decoders;
  }

  static KnownIssuers of(Tokens tokens, SecurityProperties properties) {
    String external = properties.issuer();
    return new KnownIssuers(
        external == null
            ? Map.of(Tokens.LOCAL_ISSUER, tokens.decoder())
            : Map.of(
                Tokens.LOCAL_ISSUER,
                tokens.decoder(),
                external,
                // Its keys are fetched with the first of its tokens: it need not be up at our
                // start.
                new SupplierJwtDecoder(external(external, properties.audience()))));
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

  private static Supplier<JwtDecoder> external(String issuer, @Nullable String audience) {
    return () -> {
      NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
      OAuth2TokenValidator<Jwt> byIssuer = JwtValidators.createDefaultWithIssuer(issuer);
      decoder.setJwtValidator(
          audience == null
              ? byIssuer
              : new DelegatingOAuth2TokenValidator<>(
                  byIssuer,
                  new JwtClaimValidator<List<String>>(
                      JwtClaimNames.AUD, named -> named != null && named.contains(audience))));
      return decoder;
    };
  }
}
