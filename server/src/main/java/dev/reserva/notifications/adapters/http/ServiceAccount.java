package dev.reserva.notifications.adapters.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.reserva.notifications.adapters.http.ProviderClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service account of Google. It gets access tokens by the grant of RFC 7523: a JWT that is signed
 * with the account's key. A token is used until a minute before it expires.
 */
public final class ServiceAccount {

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /** While tokens are not given out, the messages of a step must not wait for it one by one. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProviderClient client;
  private final URI tokens;
  private final String email;
  private final PrivateKey key;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Access access;
  private @Nullable Refusal refusal;

  private record Access(String token, Instant until) {}

  private record Refusal(String reason, Instant until) {}

  private ServiceAccount(
      ProviderClient client, URI tokens, String email, PrivateKey key, Clock clock) {
    this.client = client;
    this.tokens = tokens;
    this.email = email;
    this.key = key;
    this.clock = clock;
  }

  /**
   * @param file JSON with {@code client_email} and {@code private_key}, as Google gives it
   * @param tokens where tokens are got
   * @throws IllegalArgumentException if the file is not such a file
   */
  public static ServiceAccount read(Path file, ProviderClient client, URI tokens, Clock clock) {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      String email = json.path("client_email").asString("");
      String key = json.path("private_key").asString("").replaceAll("-----[A-Z ]+-----|\\s", "");
      if (email.isEmpty() || key.isEmpty()) {
        throw new IllegalArgumentException("client_email and private_key must be in it");
      }
      return new ServiceAccount(
          client,
          tokens,
          email,
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
          clock);
    } catch (IOException | JacksonException | GeneralSecurityException e) {
      throw unusable(file, e);
    } catch (IllegalArgumentException e) {
      throw unusable(file, e);
    }
  }

  /** Without the text of the cause, which may quote the key. */
  private static IllegalArgumentException unusable(Path file, Exception e) {
    return new IllegalArgumentException(
        "reserva.notifications.push.service-account must be a key file of a service account in JSON, \"%s\" is not: %s"
            .formatted(file, e.getClass().getSimpleName()));
  }

  /**
   * @throws ProviderClient.NoAnswer if there is no token
   */
  String token() throws ProviderClient.NoAnswer {
    lock.lock();
    try {
      Access known = access;
      if (known == null || !known.until().isAfter(clock.instant())) {
        known = fetched();
        access = known;
      }
      return known.token();
    } finally {
      lock.unlock();
    }
  }

  /** The next request gets a new token, unless somebody has got one already. */
  void forget(String token) {
    lock.lock();
    try {
      if (access != null && access.token().equals(token)) {
        access = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private Access fetched() throws ProviderClient.NoAnswer {
    Refusal last = refusal;
    if (last != null && last.until().isAfter(clock.instant())) {
      throw new ProviderClient.NoAnswer(last.reason());
    }
    try {
      Access fetched = asked(clock.instant());
      refusal = null;
      return fetched;
    } catch (ProviderClient.NoAnswer e) {
      refusal = new Refusal(String.valueOf(e.getMessage()), clock.instant().plus(PAUSE));
      throw e;
    }
  }

  private Access asked(Instant now) throws ProviderClient.NoAnswer {
    Reply reply =
        client.postForm(tokens, Map.of(), Map.of("grant_type", GRANT, "assertion", assertion(now)));
    String token = reply.json().path("access_token").asString("");
    if (!reply.succeeded() || token.isEmpty()) {
      throw new ProviderClient.NoAnswer(
          "no access token: status %d, %s"
              .formatted(reply.status(), reply.json().path("error").asString("none")));
    }
    long seconds = reply.json().path("expires_in").asLong(0);
    return new Access(token, now.plusSeconds(seconds).minus(MARGIN));
  }

  private String assertion(Instant now) {
    try {
      var jwt =
          new SignedJWT(
              new JWSHeader(JWSAlgorithm.RS256),
              new JWTClaimsSet.Builder()
                  .issuer(email)
                  .audience(tokens.toString())
                  .claim("scope", SCOPE)
                  .issueTime(Date.from(now))
                  .expirationTime(Date.from(now.plus(LIFETIME)))
                  .build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK signs with RSA and SHA-256", e);
    }
  }
}
