package dev.reserva.torture.shop;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import dev.reserva.torture.environment.TortureFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls a server's JSON API as the admin, on a connection of its own. When its token is refused, it
 * logs in again and repeats the request, which had no effect.
 */
public final class Api implements AutoCloseable {
  public static final JsonMapper JSON = JsonMapper.shared();

  private static final int UNAUTHORIZED = 401;
  private static final Duration RETRY_LIMIT = Duration.ofSeconds(90);
  private static final int PAGE = 200;

  private final HttpConnection connection;
  private final Session session;

  /**
   * @param limit time-out of an answer
   */
  public Api(URI server, Session session, Duration limit) {
    this.connection = new HttpConnection(server, limit);
    this.session = session;
  }

  /** An answer. Its JSON is a missing node if the body is not an object. */
  public record Reply(int status, String text) {
    public JsonNode json() {
      return text.startsWith("{") ? JSON.readTree(text) : JSON.missingNode();
    }

    /**
     * @throws TortureFailure unless the status is the expected one
     */
    public JsonNode expect(int expected) {
      if (status != expected) {
        throw new TortureFailure(
            "%d was expected, the server answers %d: %s".formatted(expected, status, text));
      }
      return json();
    }
  }

  public Reply get(String path) throws IOException {
    return send("GET", path, "", "");
  }

  public Reply post(String path, Object body) throws IOException {
    return send("POST", path, "", JSON.writeValueAsString(body));
  }

  /**
   * @param headers whole lines, each ended by CR LF
   * @throws IOException when no complete answer arrived; the outcome of the request is unknown
   */
  public Reply send(String method, String path, String headers, String json) throws IOException {
    String token = session.token();
    Answer answer = once(method, path, headers, json, token);
    if (answer.status() == UNAUTHORIZED) {
      answer = once(method, path, headers, json, session.tokenInsteadOf(token));
    }
    return new Reply(answer.status(), answer.text());
  }

  private Answer once(String method, String path, String headers, String json, String token)
      throws IOException {
    String all = headers + "Authorization: Bearer " + token + "\r\n";
    return connection.send(
        method,
        path,
        json.isEmpty() ? all : all + "Content-Type: application/json\r\n",
        json.getBytes(StandardCharsets.UTF_8));
  }

  /** The current token, for requests that do not use this class. */
  public String token() throws IOException {
    return session.token();
  }

  /** Repeats a GET until it is answered 200. */
  public JsonNode eventually(String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + RETRY_LIMIT.toNanos();
    while (true) {
      try {
        Reply reply = get(path);
        if (reply.status() == 200 || System.nanoTime() > end) {
          return reply.expect(200);
        }
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
      Thread.sleep(100);
    }
  }

  /** All items of a paged list. */
  public List<JsonNode> all(String path) throws IOException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          eventually(
              path
                  + (path.contains("?") ? "&" : "?")
                  + "limit="
                  + PAGE
                  + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.path("items").forEach(items::add);
      cursor = page.path("nextCursor").asString("");
    } while (!cursor.isEmpty());
    return items;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
