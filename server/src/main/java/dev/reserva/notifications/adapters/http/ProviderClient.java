package dev.reserva.notifications.adapters.http;

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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts requests to a provider. The whole exchange has one time limit, however slowly the answer
 * comes; a redirect is an answer like any other, and is not followed.
 */
public final class ProviderClient implements AutoCloseable {

  /** Answers are a few hundred bytes. */
  private static final long MOST_BYTES = 64 * 1024;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Duration timeout;
  private final HttpClient http;

  /**
   * @param timeout of a connection, and of a whole exchange
   */
  public ProviderClient(Duration timeout) {
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** There was no answer: whether the provider has done it is not known. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param json an empty object if the answer is none
   */
  record Reply(int status, JsonNode json) {

    boolean succeeded() {
      return status >= 200 && status < 300;
    }

    /** Whether a client error, of a request that is refused each time. */
    boolean refused() {
      return status >= 400 && status < 500 && status != 408 && status != 429;
    }
  }

  /**
   * @param form members of the body, as browsers send forms
   */
  Reply postForm(URI uri, Map<String, String> headers, Map<String, String> form) throws NoAnswer {
    String body =
        form.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return post(uri, "application/x-www-form-urlencoded", headers, body);
  }

  Reply postJson(URI uri, Map<String, String> headers, JsonNode body) throws NoAnswer {
    return post(uri, "application/json", headers, JSON.writeValueAsString(body));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Reply post(URI uri, String type, Map<String, String> headers, String body)
      throws NoAnswer {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("Content-Type", type)
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), json(response.body()));
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case HttpTimeoutException _ -> late();
        case IOException cause -> new NoAnswer("no answer: " + cause.getClass().getSimpleName());
        case null, default -> new NoAnswer("no answer");
      };
    } catch (TimeoutException e) {
      throw late();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  /** The client's limit and that of the whole exchange end at the same time. */
  private NoAnswer late() {
    return new NoAnswer("no answer within %d ms".formatted(timeout.toMillis()));
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode read = JSON.readTree(body);
      return read.isObject() ? read : JSON.createObjectNode();
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
