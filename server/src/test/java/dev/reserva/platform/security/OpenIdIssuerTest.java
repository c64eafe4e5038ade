package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.reserva.EffectOf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens of an OpenID issuer that answers on loopback. */
class OpenIdIssuerTest {

  private static final String SECRET = "a secret of more than thirty-two bytes";

  private LoopbackIssuer issuer;
  private JwtDecoder decoder;
  private Duration later = Duration.ZERO;

  @BeforeEach
  void start() throws Exception {
    issuer = LoopbackIssuer.start();
    InstantSource clock = () -> Instant.now().plus(later);
    decoder =
        KnownIssuers.of(
            Map.of(),
            new SecurityProperties(
                null,
                Duration.ofMinutes(10),
                Duration.ofDays(1),
                Duration.ofDays(1),
                issuer.url(),
                LoopbackIssuer.AUDIENCE,
                null,
                SecurityProperties.SecondFactorPolicy.OPTIONAL),
            clock.withZone(ZoneOffset.UTC),
            () -> System.nanoTime() + later.toNanos());
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private Caller caller(String token) {
    return Callers.of(decoder.decode(token));
  }

  @Test
  @EffectOf({"reserva.security.issuer", "reserva.security.audience"})
  void tokens_of_the_issuer_say_who_their_holder_is() throws Exception {
    UUID customer = UUID.randomUUID();
    JWTClaimsSet claims =
        issuer
            .claims("operator", "Warehouse", "accountant")
            .claim("customerId", customer.toString())
            .build();

    for (String token :
        List.of(
            LoopbackIssuer.rs256(issuer.rsaKey(), claims),
            LoopbackIssuer.es256(issuer.ecKey(), claims),
            LoopbackIssuer.typed(issuer.rsaKey(), "JWT", claims),
            LoopbackIssuer.typed(issuer.rsaKey(), "at+jwt", claims))) {
      Caller caller = caller(token);
      assertThat(caller.name()).isEqualTo(issuer.url() + "#ana");
      assertThat(caller.roles()).containsExactlyInAnyOrder(Role.OPERATOR, Role.WAREHOUSE);
      assertThat(caller.customerId()).isEqualTo(customer);
    }
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void a_token_for_one_audience_alone_is_accepted() throws Exception {
    assertThat(caller(issuer.token(claims -> claims.audience(LoopbackIssuer.AUDIENCE))).roles())
        .containsExactly(Role.OPERATOR);
  }

  @Test
  void every_other_token_is_refused() throws Exception {
    RSAKey own = issuer.rsaKey();
    RSAKey another = LoopbackIssuer.rsa();
    JWTClaimsSet claims = issuer.claims("admin").build();
    Instant now = Instant.now();
    Map<String, String> refused = new LinkedHashMap<>();
    refused.put("another issuer", issuer.token(c -> c.issuer("https://id.example.org")));
    refused.put("the local issuer", issuer.token(c -> c.issuer(Tokens.LOCAL_ISSUER)));
    refused.put("no issuer", issuer.token(c -> c.issuer(null)));
    refused.put("another audience", issuer.token(c -> c.audience("another program")));
    refused.put("no audience", issuer.token(c -> c.audience(List.of())));
    refused.put("no subject", issuer.token(c -> c.subject(null)));
    refused.put("expired", issuer.token(c -> c.expirationTime(Date.from(now.minusSeconds(60)))));
    refused.put("no expiry", issuer.token(c -> c.expirationTime(null)));
    refused.put(
        "not yet valid", issuer.token(c -> c.notBeforeTime(Date.from(now.plusSeconds(60)))));
    refused.put("an unknown key", LoopbackIssuer.rs256(another, claims));
    refused.put(
        "another key under a known id",
        LoopbackIssuer.rs256(new RSAKey.Builder(another).keyID(own.getKeyID()).build(), claims));
    refused.put("claims that were changed", changed(issuer.token("customer")));
    refused.put("unsigned", LoopbackIssuer.unsigned(claims));
    refused.put(
        "the public key as a secret, encoded",
        LoopbackIssuer.hs256(own.toRSAPublicKey().getEncoded(), own.getKeyID(), claims));
    refused.put(
        "the public key as a secret, as published",
        LoopbackIssuer.hs256(
            own.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            own.getKeyID(),
            claims));
    refused.put(
        "our own secret",
        LoopbackIssuer.hs256(SECRET.getBytes(StandardCharsets.UTF_8), own.getKeyID(), claims));
    refused.put("no type", LoopbackIssuer.typed(own, null, claims));
    refused.put("no access token", LoopbackIssuer.typed(own, "logout+jwt", claims));

    refused.forEach((why, token) ->
        assertThatThrownBy(() -> decoder.decode(token))
            .as(why)
            .isInstanceOf(BadJwtException.class));
    assertThat(caller(issuer.token("admin")).roles()).as("a good one").containsExactly(Role.ADMIN);
  }

  private static String changed(String token) {
    String[] parts = token.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    assertThat(claims).contains("\"customer\"");
    return parts[0]
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                claims.replace("\"customer\"", "\"admin\"").getBytes(StandardCharsets.UTF_8))
        + "."
        + parts[2];
  }

  @Test
  void unknown_keys_do_not_make_the_server_ask_for_each() throws Exception {
    RSAKey unknown = LoopbackIssuer.rsa();
    for (int i = 0; i < 100; i++) {
      String token =
          LoopbackIssuer.rs256(
              new RSAKey.Builder(unknown).keyID("made up " + i).build(),
              issuer.claims("admin").build());
      assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
    }
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void rotated_keys_are_found_and_withdrawn_ones_refused() throws Exception {
    String before = issuer.token("operator");
    assertThat(caller(before).roles()).containsExactly(Role.OPERATOR);
    issuer.rotate();
    assertThatThrownBy(() -> decoder.decode(issuer.token("operator")))
        .as("keys were fetched a moment ago")
        .isInstanceOf(BadJwtException.class);

    later = IssuerKeys.PAUSE;
    assertThat(caller(issuer.token("warehouse")).roles()).containsExactly(Role.WAREHOUSE);
    assertThatThrownBy(() -> decoder.decode(before))
        .as("its key is no longer published")
        .isInstanceOf(BadJwtException.class);
  }

  @Test
  void a_withdrawn_key_is_refused_though_no_other_is_asked_for() throws Exception {
    String token = issuer.token("operator");
    assertThat(caller(token).roles()).containsExactly(Role.OPERATOR);
    issuer.rotate();
    later = IssuerKeys.FRESH.minusMinutes(1);
    assertThat(caller(token).roles()).containsExactly(Role.OPERATOR);

    later = IssuerKeys.FRESH;
    assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
  }

  @Test
  void tokens_refused_during_an_outage_of_the_issuer_are_accepted_afterwards() throws Exception {
    String token = issuer.token("operator");
    issuer.setDown(true);
    assertThatThrownBy(() -> decoder.decode(token))
        .isInstanceOf(JwtException.class)
        .isNotInstanceOf(BadJwtException.class);
    issuer.setDown(false);
    assertThatThrownBy(() -> decoder.decode(token))
        .as("it was asked a moment ago")
        .isNotInstanceOf(BadJwtException.class);

    later = IssuerKeys.PAUSE;
    assertThat(caller(token).roles()).containsExactly(Role.OPERATOR);
  }

  @Test
  void keys_outlive_an_outage_of_their_issuer_for_an_hour() throws Exception {
    String token = lasting();
    assertThat(caller(token).roles()).containsExactly(Role.OPERATOR);
    issuer.setDown(true);
    later = IssuerKeys.USABLE.minusMinutes(1);
    assertThat(caller(token).roles()).containsExactly(Role.OPERATOR);

    later = IssuerKeys.USABLE;
    assertThatThrownBy(() -> decoder.decode(token))
        .isInstanceOf(JwtException.class)
        .isNotInstanceOf(BadJwtException.class);
  }

  private String lasting() throws JOSEException {
    return issuer.token(
        claims -> claims.expirationTime(Date.from(Instant.now().plus(Duration.ofHours(3)))));
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    try (LoopbackIssuer other = LoopbackIssuer.start()) {
      issuer.redirectTo(other.url());
      assertThatThrownBy(() -> decoder.decode(issuer.token("operator")))
          .isInstanceOf(JwtException.class)
          .isNotInstanceOf(BadJwtException.class);
      assertThat(other.requests()).isZero();
    }
  }

  @Test
  void a_discovery_document_of_another_issuer_is_refused() throws Exception {
    issuer.nameAnotherIssuer("https://id.example.org");
    assertThatThrownBy(() -> decoder.decode(issuer.token("operator")))
        .isInstanceOf(JwtException.class)
        .isNotInstanceOf(BadJwtException.class);
    assertThat(issuer.fetches()).isZero();
  }

  @Test
  void an_issuer_is_a_url_and_has_an_audience() {
    assertThatThrownBy(() -> properties("https://id.example.org", null))
        .hasMessageContaining("reserva.security.audience must be set together with");
    assertThatThrownBy(() -> properties("https://id.example.org", " "))
        .hasMessageContaining("reserva.security.audience must be set together with");
    for (String issuer : List.of(Tokens.LOCAL_ISSUER, "file:///etc", "https://", "ftp://id")) {
      assertThatThrownBy(() -> properties(issuer, "shop"))
          .hasMessage(
              "reserva.security.issuer must be a URL like https://id.example.org, was " + issuer);
    }
    assertThat(properties("https://id.example.org/realms/shop", "shop").audience())
        .isEqualTo("shop");
    assertThat(properties(null, "shop").issuer()).isNull();
  }

  private static SecurityProperties properties(
      @org.jspecify.annotations.Nullable String issuer,
      @org.jspecify.annotations.Nullable String audience) {
    return new SecurityProperties(
        null,
        Duration.ofMinutes(10),
        Duration.ofDays(1),
        Duration.ofDays(1),
        issuer,
        audience,
        null,
        SecurityProperties.SecondFactorPolicy.OPTIONAL);
  }
}
