package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class TokensTest {

  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final UUID CUSTOMER = UUID.fromString("01a203bc-2b1b-761e-9def-206ee8ca6d77");
  private static final Login LOGIN = new Login(UUID.randomUUID(), 3, UUID.randomUUID());
  private static final Caller ANA =
      new Caller(
          Caller.Kind.USER,
          "ana",
          Set.of(Role.CUSTOMER),
          CUSTOMER,
          LOGIN.account(),
          LOGIN.session());

  private final ECKey key = TestTokens.key();
  private Duration later = Duration.ZERO;
  private final InstantSource clock = () -> Instant.now().plus(later);
  private final Tokens tokens = new Tokens(TestTokens.keys(key), LIFETIME);
  private final JwtDecoder decoder =
      KnownIssuers.of(
          Map.of(
              Tokens.LOCAL_ISSUER,
              new IssuedTokens(TestTokens.keys(key), clock.withZone(ZoneOffset.UTC))),
          new SecurityProperties(
              null,
              LIFETIME,
              Duration.ofDays(1),
              Duration.ofDays(1),
              null,
              null,
              null,
              SecurityProperties.SecondFactorPolicy.OPTIONAL),
          Clock.systemUTC(),
          System::nanoTime);

  @Test
  void a_token_says_who_its_holder_is() throws Exception {
    String token = tokens.issue(ANA, LOGIN, Instant.now());
    Jwt read = decoder.decode(token);

    assertThat(Callers.of(read)).isEqualTo(ANA);
    assertThat(KnownToken.of(read).login()).isEqualTo(LOGIN);
    JWSHeader header = SignedJWT.parse(token).getHeader();
    assertThat(header.getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    assertThat(header.getType()).isEqualTo(new JOSEObjectType("at+jwt"));
    assertThat(header.getKeyID()).isEqualTo(key.getKeyID());
    assertThat(read.getId()).isNotBlank();
  }

  @Test
  void a_token_of_a_key_that_signs_no_more_is_accepted_while_the_key_is_known() {
    String old = tokens.issue(ANA, LOGIN, Instant.now());
    var rotated = new IssuedTokens(TestTokens.keys(TestTokens.key(), key), clock());

    assertThat(rotated.decode(old).getSubject()).isEqualTo("ana");
  }

  private Clock clock() {
    return clock.withZone(ZoneOffset.UTC);
  }

  @Test
  void every_other_token_is_refused() throws Exception {
    Instant now = Instant.now();
    Map<String, String> refused = new LinkedHashMap<>();
    refused.put("another key", signed(TestTokens.key(), claims()));
    refused.put(
        "another key under the known id",
        signed(new ECKey.Builder(TestTokens.key()).keyID(key.getKeyID()).build(), claims()));
    refused.put("no expiry", signed(key, claims().expirationTime(null)));
    refused.put("expired", signed(key, claims().expirationTime(Date.from(now.minusSeconds(60)))));
    refused.put(
        "not yet valid", signed(key, claims().notBeforeTime(Date.from(now.plusSeconds(60)))));
    refused.put("no audience", signed(key, claims().audience(List.of())));
    refused.put("another audience", signed(key, claims().audience("another program")));
    refused.put("no issuer", signed(key, claims().issuer(null)));
    refused.put("another issuer", signed(key, claims().issuer("https://id.example.org")));
    refused.put("no subject", signed(key, claims().subject(null)));
    refused.put("a blank subject", signed(key, claims().subject(" ")));
    refused.put("no account", signed(key, claims().claim(Tokens.ACCOUNT, null)));
    refused.put("no UUID as an account", signed(key, claims().claim(Tokens.ACCOUNT, "ana")));
    refused.put("no version", signed(key, claims().claim(Tokens.VERSION, null)));
    refused.put("a text as a version", signed(key, claims().claim(Tokens.VERSION, "9")));
    refused.put("version 0", signed(key, claims().claim(Tokens.VERSION, 0)));
    refused.put("a huge version", signed(key, claims().claim(Tokens.VERSION, 1L << 40)));
    refused.put("no session", signed(key, claims().claim(Tokens.SESSION, null)));
    refused.put("no type", signed(null, new ECDSASigner(key), JWSAlgorithm.ES256, claims()));
    refused.put("another type", signed("JWT", new ECDSASigner(key), JWSAlgorithm.ES256, claims()));
    refused.put(
        "the public key as a secret",
        signed(
            "at+jwt",
            new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)),
            JWSAlgorithm.HS256,
            claims()));
    RSAKey rsa = LoopbackIssuer.rsa();
    refused.put(
        "another algorithm", signed("at+jwt", new RSASSASigner(rsa), JWSAlgorithm.RS256, claims()));
    refused.put("no signature", unsigned(tokens.issue(ANA, LOGIN, now)));
    refused.put("claims that were changed", changed(tokens.issue(ANA, LOGIN, now)));
    refused.put("a text that is no token", "x.y");
    refused.put("an empty text", "");

    assertThat(decoder.decode(signed(key, claims())))
        .as("the others differ in one thing")
        .isNotNull();
    refused.forEach((what, token) ->
        assertThatThrownBy(() -> decoder.decode(token)).as(what).isInstanceOf(JwtException.class));
  }

  private static JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(Tokens.LOCAL_ISSUER)
        .audience(Tokens.LOCAL_AUDIENCE)
        .subject("ana")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFETIME)))
        .claim(Tokens.ROLES, List.of("admin"))
        .claim(Tokens.ACCOUNT, LOGIN.account().toString())
        .claim(Tokens.VERSION, 1)
        .claim(Tokens.SESSION, LOGIN.session().toString());
  }

  private static String signed(ECKey with, JWTClaimsSet.Builder claims) throws Exception {
    return signed(
        "at+jwt", new ECDSASigner(with), JWSAlgorithm.ES256, with.getKeyID(), claims.build());
  }

  private String signed(
      @Nullable String type, JWSSigner signer, JWSAlgorithm algorithm, JWTClaimsSet.Builder claims)
      throws Exception {
    return signed(type, signer, algorithm, key.getKeyID(), claims.build());
  }

  private static String signed(
      @Nullable String type,
      JWSSigner signer,
      JWSAlgorithm algorithm,
      String id,
      JWTClaimsSet claims)
      throws Exception {
    JWSHeader.Builder header = new JWSHeader.Builder(algorithm).keyID(id);
    if (type != null) {
      header.type(new JOSEObjectType(type));
    }
    SignedJWT token = new SignedJWT(header.build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static String changed(String token) {
    String[] parts = token.split("\\.", -1);
    String claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("customer\"", "admin\"");
    return parts[0] + "." + encoded(claims) + "." + parts[2];
  }

  private static String unsigned(String token) {
    return encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + token.split("\\.", -1)[1] + ".";
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_token_expires_after_its_lifetime() {
    String token = tokens.issue(ANA, LOGIN, Instant.now());
    assertThat(decoder.decode(token).getSubject()).isEqualTo("ana");

    later = LIFETIME.plusSeconds(10);

    assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class);
  }
}
