package dev.reserva.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An OpenID issuer on loopback: its discovery document, its keys, which rotate, and its tokens. */
public final class LoopbackIssuer implements AutoCloseable {

  public static final String AUDIENCE = "shop";

  private final HttpServer http;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile List<JWK> published;
  private volatile boolean down;
  private volatile @Nullable String namedIssuer;
  private volatile @Nullable String redirection;

  private LoopbackIssuer(HttpServer http) throws JOSEException {
    this.http = http;
    this.published = List.of(rsa(), ec());
  }

  public static LoopbackIssuer start() throws IOException, JOSEException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LoopbackIssuer issuer = new LoopbackIssuer(http);
    http.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            issuer.answer(
                exchange,
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}"
                    .formatted(
                        issuer.namedIssuer == null ? issuer.url() : issuer.namedIssuer,
                        issuer.url())));
    http.createContext(
        "/keys",
        exchange -> {
          issuer.fetches.incrementAndGet();
          issuer.answer(exchange, new JWKSet(issuer.published).toString());
        });
    http.start();
    return issuer;
  }

  private void answer(HttpExchange exchange, String json) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      String elsewhere = redirection;
      if (elsewhere != null) {
        exchange
            .getResponseHeaders()
            .add("Location", elsewhere + exchange.getRequestURI().getPath());
      }
      exchange.sendResponseHeaders(down ? 503 : elsewhere != null ? 302 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** How often anything was asked for. */
  int requests() {
    return requests.get();
  }

  /** How often the keys were asked for. */
  public int fetches() {
    return fetches.get();
  }

  /** From now on everything is answered 503, or no longer. */
  public void setDown(boolean down) {
    this.down = down;
  }

  /** From now on everything is answered by a redirect to this base. */
  void redirectTo(String base) {
    redirection = base;
  }

  /** The discovery document names another issuer than the one that serves it. */
  void nameAnotherIssuer(String issuer) {
    namedIssuer = issuer;
  }

  RSAKey rsaKey() {
    return (RSAKey) published.getFirst();
  }

  ECKey ecKey() {
    return (ECKey) published.getLast();
  }

  /** New keys take the place of those that were published. */
  public void rotate() throws JOSEException {
    published = List.of(rsa(), ec());
  }

  static RSAKey rsa() throws JOSEException {
    return new RSAKeyGenerator(2048)
        .keyID(UUID.randomUUID().toString())
        .keyUse(KeyUse.SIGNATURE)
        .generate();
  }

  private static ECKey ec() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256)
        .keyID(UUID.randomUUID().toString())
        .keyUse(KeyUse.SIGNATURE)
        .generate();
  }

  /** Claims that are accepted: of user ana, for this system, for the next ten minutes. */
  public JWTClaimsSet.Builder claims(String... roles) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(url())
        .subject("ana")
        .audience(List.of("another program", AUDIENCE))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(600)))
        .claim("roles", new ArrayList<>(List.of(roles)));
  }

  /** A token that is accepted, signed with RS256. */
  public String token(String... roles) throws JOSEException {
    return rs256(rsaKey(), claims(roles).build());
  }

  /** A token that is accepted but for a change of its claims. */
  public String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return rs256(rsaKey(), change.apply(claims("operator")).build());
  }

  static String rs256(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    return typed(key, "JWT", claims);
  }

  static String rs256(RSAKey key, JWSHeader.Builder header, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header.build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  static String typed(RSAKey key, @Nullable String type, JWTClaimsSet claims) throws JOSEException {
    return rs256(
        key,
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(key.getKeyID())
            .type(type == null ? null : new JOSEObjectType(type)),
        claims);
  }

  static String es256(ECKey key, JWTClaimsSet claims) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build(),
            claims);
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  static String hs256(byte[] secret, String keyId, JWTClaimsSet claims) throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build(), claims);
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  static String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
