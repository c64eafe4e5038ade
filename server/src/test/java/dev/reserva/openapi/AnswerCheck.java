package dev.reserva.openapi;

import dev.reserva.openapi.DescribedApi.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter in a test's HTTP client. It fails if an answer differs from the server's own {@code
 * /openapi.json}.
 */
public final class AnswerCheck {

  /** What the document is about; monitoring, pages and test routes are not in it. */
  private static final Pattern DESCRIBED = Pattern.compile("/(api|schemas)(/.*)?|/asyncapi\\.json");

  private static final int SHOWN = 500;

  private final HttpClient http;
  private final Map<URI, DescribedApi> apis = new ConcurrentHashMap<>();

  public AnswerCheck(HttpClient http) {
    this.http = http;
  }

  /**
   * @throws AssertionError when the answer is not as described
   */
  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    URI uri = request.uri();
    if (DESCRIBED.matcher(uri.getRawPath()).matches()) {
      DescribedApi api = apiOf(uri.resolve("/openapi.json"));
      if (api != null) {
        check(api, request.method(), response);
      }
    }
    return response;
  }

  private static void check(DescribedApi api, String method, HttpResponse<String> response) {
    Map<String, String> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    List<String> violations =
        api.violations(
            new Answer(
                method,
                response.uri().getRawPath(),
                response.statusCode(),
                headers,
                response.body()));
    if (!violations.isEmpty()) {
      String body = response.body();
      throw new AssertionError(
          "%s %s was answered %d, which is not as /openapi.json describes it: %s; the body was %s"
              .formatted(
                  method,
                  response.uri(),
                  response.statusCode(),
                  violations,
                  body.substring(0, Math.min(SHOWN, body.length()))));
    }
  }

  /** Null when the server has no more answers: it was killed, or stops. The next one is checked. */
  private @Nullable DescribedApi apiOf(URI document) throws InterruptedException {
    DescribedApi known = apis.get(document);
    if (known != null) {
      return known;
    }
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(document).timeout(Duration.ofSeconds(60)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 503) {
        return null;
      }
      if (response.statusCode() != 200) {
        throw new AssertionError("/openapi.json was answered " + response.body());
      }
      DescribedApi api = new DescribedApi(response.body());
      apis.put(document, api);
      return api;
    } catch (IOException e) {
      return null;
    }
  }
}
