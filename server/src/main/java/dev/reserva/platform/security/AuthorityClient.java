package dev.reserva.platform.security;

import com.nimbusds.jose.jwk.JWKSet;
import dev.reserva.messaging.DependencyUnavailable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the process of {@code reserva.security.authority.url}, see {@link AuthorityEndpoints}. A
 * call takes {@link #LONGEST} at most.
 */
final class AuthorityClient
    implements RevocationSource, UsableApiKeys, IssuerKeys.Fetch, LoginsProcess, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** Some 100 bytes for each log-in that was ended in an hour. */
  private static final long MOST_BYTES = 64L << 20;

  private final String base;
  private final ServiceTokens tokens;
  private final JsonMapper json;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  AuthorityClient(URI url, ServiceTokens tokens, JsonMapper json) {
    this.base = url.toString().replaceFirst("/$", "");
    this.tokens = tokens;
    this.json = json;
  }

  /** The process with the logins gave no answer that can be used. */
  static final class AuthorityUnavailable extends DependencyUnavailable {
    private static final long serialVersionUID = 1L;

    AuthorityUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @throws DependencyUnavailable if there is no answer, or none with revocations
   */
  @Override
  public Answer since(String horizon) {
    String path =
        AuthorityEndpoints.REVOCATIONS
            + "?since="
            + URLEncoder.encode(horizon, StandardCharsets.UTF_8);
    return read(sent(request(path).GET()), Answer.class);
  }

  /**
   * @throws DependencyUnavailable if there is no answer, or one that says nothing about the key
   */
  @Override
  public Optional<UsableApiKey> use(String digest, Instant now) {
    AuthorityEndpoints.Used used =
        ask(
            AuthorityEndpoints.API_KEY_USES,
            new AuthorityEndpoints.Use(digest),
            AuthorityEndpoints.Used.class);
    return Optional.ofNullable(used.key());
  }

  @Override
  public <T> T ask(String path, Object body, Class<T> type) {
    return read(
        sent(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))),
        type);
  }

  @Override
  public JWKSet keys() throws IOException {
    try {
      HttpResponse<byte[]> response = sent(request("/.well-known/jwks.json").GET());
      if (response.statusCode() != 200) {
        throw new IOException("%s answers %d".formatted(base, response.statusCode()));
      }
      return JWKSet.parse(new String(response.body(), StandardCharsets.UTF_8));
    } catch (ParseException | DependencyUnavailable e) {
      throw new IOException("%s tells no keys: %s".formatted(base, e.getMessage()), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(LONGEST)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + tokens.issue());
  }

  private HttpResponse<byte[]> sent(HttpRequest.Builder request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AuthorityUnavailable("%s does not answer".formatted(base), e);
    } catch (TimeoutException e) {
      throw new AuthorityUnavailable(
          "%s does not answer within %d s".formatted(base, LONGEST.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthorityUnavailable("interrupted while %s was asked".formatted(base), e);
    } finally {
      answer.cancel(true);
    }
  }

  private <T> T read(HttpResponse<byte[]> response, Class<T> type) {
    if (response.statusCode() != 200) {
      throw new AuthorityUnavailable(
          "%s answers %d".formatted(base, response.statusCode()),
          new IOException(new String(response.body(), StandardCharsets.UTF_8)));
    }
    try {
      return json.readValue(response.body(), type);
    } catch (JacksonException e) {
      throw new AuthorityUnavailable("the answer of %s cannot be read".formatted(base), e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
