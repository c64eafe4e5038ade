package dev.reserva.platform.members;

import dev.reserva.platform.json.Json;
import dev.reserva.platform.security.ServiceTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to single processes of other databases. */
final class MemberClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(1);

  /** A page of 200 dead letters with their payloads. */
  private static final long MOST_BYTES = 64L << 20;

  /** Longest excerpt of an answer in a message. */
  private static final int MOST_TOLD = 200;

  /** Members may be of a newer version, whose answers have more members. */
  static final JsonMapper JSON = Json.events();

  private final ServiceTokens tokens;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  MemberClient(ServiceTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The answer to a question of this process.
   *
   * @param body absent for GET; otherwise what a POST sends as JSON
   * @throws MemberUnavailable if there is no answer in time
   */
  HttpResponse<byte[]> ask(URI process, String path, @Nullable Object body, Duration patience) {
    HttpRequest.Builder request =
        to(process, path, patience).header("Authorization", "Bearer " + tokens.issue());
    if (body != null) {
      request.method("POST", json(request, body));
    }
    return send(process, request, patience);
  }

  static HttpRequest.Builder to(URI process, String path, Duration patience) {
    return HttpRequest.newBuilder(URI.create(process.toString().replaceFirst("/$", "") + path))
        .timeout(patience)
        .header("Accept", "application/json");
  }

  static BodyPublisher json(HttpRequest.Builder request, Object body) {
    request.header("Content-Type", "application/json");
    return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
  }

  /**
   * @throws MemberUnavailable if there is no answer in time
   */
  HttpResponse<byte[]> send(URI process, HttpRequest.Builder request, Duration patience) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new MemberUnavailable(
          "%s does not answer".formatted(process), Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw new MemberUnavailable(
          "%s does not answer within %d ms".formatted(process, patience.toMillis()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MemberUnavailable("interrupted while %s was asked".formatted(process), e);
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * @throws MemberUnavailable if it is not what was asked for
   */
  static <T> T read(URI process, HttpResponse<byte[]> response, Class<T> type) {
    if (response.statusCode() != 200) {
      throw new MemberUnavailable(
          "%s answers %d".formatted(process, response.statusCode()),
          new IOException(excerpt(response.body())));
    }
    try {
      return JSON.readValue(response.body(), type);
    } catch (JacksonException e) {
      throw new MemberUnavailable("the answer of %s cannot be read".formatted(process), e);
    }
  }

  private static String excerpt(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.length() <= MOST_TOLD ? text : text.substring(0, MOST_TOLD);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
