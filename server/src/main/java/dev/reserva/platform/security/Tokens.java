package dev.reserva.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;

/**
 * Issues the access tokens of local users: JWT of RFC 9068, signed with ES256. {@link IssuedTokens}
 * reads them.
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

  private final TokenKeys keys;
  private final Duration lifetime;

  Tokens(TokenKeys keys, Duration lifetime) {
    this.keys = keys;
    this.lifetime = lifetime;
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
}
