package dev.reserva.cli.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls a server as one user. Every call has a time limit; a server that is overloaded, a process
 * behind a gateway that does not answer, or a connection that breaks, is tried again for a while.
 * Safe for use by many threads.
 */
final class Connection implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

  /** With their pauses they last half a minute, longer than a busy machine's server restarts. */
  static final int ATTEMPTS = 12;

  /** Too many requests, unavailable, and no answer of a process behind a gateway. */
  private static final Set<Integer> LATER = Set.of(429, 503, 504);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);

  /** A token this close to its end is not used any more. */
  private static final Duration TOKEN_MARGIN = Duration.ofSeconds(30);

  /** How an answer without a body is read, where its content does not matter. */
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private final HttpClient http;
  private final URI server;
  private final String username;
  private final String password;
  private final @Nullable String apiKey;
  private final int attempts;
  private final Object login = new Object();
  private volatile Token token = Token.NONE;

  /**
   * @param server such as {@code http://localhost:8080}
   * @param apiKey needs no log-in; absent for a user with a password
   * @param attempts how often a call is tried
   */
  Connection(URI server, String username, String password, @Nullable String apiKey, int attempts) {
    this.attempts = attempts;
    this.server = server;
    this.username = username;
    this.password = password;
    this.apiKey = apiKey;
    this.http =
        HttpClient.newBuilder()
            // The upgrade to HTTP/2 would cost a round trip and bring nothing here.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
  }

  /** The same server as another user sees it. */
  Connection as(String otherUsername, String otherPassword) {
    return new Connection(server, otherUsername, otherPassword, null, attempts);
  }

  /** The same, but what fails is not tried again. */
  Connection once() {
    return new Connection(server, username, password, apiKey, 1);
  }

  URI server() {
    return server;
  }

  @Override
  public void close() {
    http.close();
  }

  private record Token(String value, Instant expires) {
    static final Token NONE = new Token("", Instant.EPOCH);

    boolean usable() {
      return Instant.now().plus(TOKEN_MARGIN).isBefore(expires);
    }
  }

  private record TokenAnswer(String accessToken, long expiresIn) {}

  /** A page of a list. */
  private record Page<T>(List<T> items) {}

  <T> List<T> list(String path, Class<T> item) {
    JavaType type = JSON.getTypeFactory().constructParametricType(Page.class, item);
    Reply<Page<T>> reply = send(get(path), type);
    return reply.value(path).items();
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(CALL_LIMIT);
  }

  HttpRequest.Builder get(String path) {
    return request(path).GET();
  }

  private HttpRequest.Builder post(String path, Object body) {
    return request(path)
        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
        .header("Content-Type", "application/json");
  }

  HttpRequest.Builder post(String path, Object body, String idempotencyKey) {
    return post(path, body).header("Idempotency-Key", idempotencyKey);
  }

  <T> Reply<T> send(HttpRequest.Builder request, Class<T> type) {
    return send(request, JSON.constructType(type));
  }

  private <T> Reply<T> send(HttpRequest.Builder request, JavaType type) {
    HttpResponse<byte[]> response = authorized(request);
    if (response.statusCode() == 401 && apiKey == null) {
      // The token had not expired by this machine's clock, but by the server's it has.
      token = Token.NONE;
      response = authorized(request);
    }
    return reply(response, type);
  }

  private HttpResponse<byte[]> authorized(HttpRequest.Builder request) {
    return exchange(request.setHeader("Authorization", "Bearer " + bearer()).build());
  }

  private String bearer() {
    if (apiKey != null) {
      return apiKey;
    }
    Token current = token;
    if (current.usable()) {
      return current.value();
    }
    synchronized (login) {
      if (!token.usable()) {
        token = logIn();
      }
      return token.value();
    }
  }

  private Token logIn() {
    Map<String, String> credentials = Map.of("username", username, "password", password);
    HttpResponse<byte[]> response = exchange(post("/api/auth/token", credentials).build());
    Reply<TokenAnswer> reply = reply(response, JSON.constructType(TokenAnswer.class));
    TokenAnswer answer = reply.value("the login of " + username);
    return new Token(answer.accessToken(), Instant.now().plusSeconds(answer.expiresIn()));
  }

  private static <T> Reply<T> reply(HttpResponse<byte[]> response, JavaType type) {
    try {
      if (response.statusCode() >= 400) {
        return refused(response);
      }
      boolean replayed =
          response.headers().firstValue("Idempotency-Replayed").orElse("").equals("true");
      byte[] body = response.body().length == 0 ? EMPTY : response.body();
      return new Reply.Done<>(response.statusCode(), JSON.readValue(body, type), replayed);
    } catch (JacksonException e) {
      throw new UnexpectedReply(
          "%s answers %d with something that is not the JSON of its contract"
              .formatted(response.uri(), response.statusCode()),
          e);
    }
  }

  private static <T> Reply<T> refused(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("application/problem+json")) {
      return new Reply.Refused<>(response.statusCode(), "", "");
    }
    JsonNode problem = JSON.readTree(response.body());
    String name = problem.path("type").asString("");
    String detail = problem.path("detail").asString("");
    if (problem.has("errors")) {
      detail += " " + problem.path("errors");
    }
    return new Reply.Refused<>(
        response.statusCode(), name.substring(name.lastIndexOf('/') + 1), detail.strip());
  }

  /** Tries until there is an answer that is not "later", or the attempts are used up. */
  private HttpResponse<byte[]> exchange(HttpRequest request) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (!LATER.contains(response.statusCode()) || attempt >= attempts) {
          return response;
        }
        Thread.sleep(longer(retryAfter(response).orElse(pause), pause));
      } catch (HttpTimeoutException e) {
        throw new UnexpectedReply("%s does not answer in time".formatted(server), e);
      } catch (IOException e) {
        if (attempt >= attempts) {
          throw new UnexpectedReply("%s cannot be reached: %s".formatted(server, reason(e)), e);
        }
        sleep(pause);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static UnexpectedReply interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UnexpectedReply("interrupted while waiting for the server", e);
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,4}"))
        .map(value -> shorter(Duration.ofSeconds(Long.parseLong(value)), LONGEST_RETRY_AFTER));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
