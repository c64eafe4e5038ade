package dev.reserva.bench;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server tells of itself by its public API, which is the same in all versions.
 *
 * @param headers whole lines that authenticate the caller, each ended by CR LF
 */
record ServerApi(URI server, String headers) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Pause between two looks at orders under way; each costs the server up to three requests. */
  private static final Duration GLANCE = Duration.ofMillis(50);

  /** In the order in which an order passes them, so that none is missed between two requests. */
  private static final String[] UNDER_WAY = {"PENDING", "PENDING_PAYMENT", "PAID"};

  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

  @FunctionalInterface
  private interface Question {
    boolean isAnswered(HttpConnection connection) throws IOException;
  }

  /** Bytes of the heap that the server says are in use. */
  long heapBytes() throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      return Metrics.sum(get(connection, "/actuator/prometheus").text(), HEAP);
    }
  }

  /**
   * All invariants as the server counts them: {@code {ok, checks}}.
   *
   * @param patience how long the answer may take
   */
  JsonNode integrity(Duration patience) throws IOException {
    try (HttpConnection connection = new HttpConnection(server, patience)) {
      return JSON.readTree(get(connection, "/api/integrity").text());
    }
  }

  /** The same where there is not much to count. */
  JsonNode integrity() throws IOException {
    return integrity(HttpConnection.ANSWER_LIMIT);
  }

  /** How many orders there are in each state. The server counts them up to a second late. */
  Map<String, Long> ordersByStatus() throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      Map<String, Long> orders = new TreeMap<>();
      stats(connection)
          .path("orders")
          .path("byStatus")
          .forEachEntry((status, count) -> orders.put(status, count.asLong()));
      return orders;
    }
  }

  /** Waits until no order is under way; tells whether that came about in time. */
  boolean awaitSettled(Duration patience) throws IOException, InterruptedException {
    return await(this::isSettled, patience);
  }

  /** Waits until no subscription has an event before it. */
  boolean awaitCaughtUp(Duration patience) throws IOException, InterruptedException {
    return await(this::isCaughtUp, patience);
  }

  private boolean isSettled(HttpConnection connection) throws IOException {
    for (String status : UNDER_WAY) {
      Answer answer = get(connection, "/api/orders?limit=1&status=" + status);
      if (!JSON.readTree(answer.text()).path("items").isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean isCaughtUp(HttpConnection connection) throws IOException {
    for (JsonNode queue : stats(connection).path("queues")) {
      if (queue.path("lag").asLong(0) > 0) {
        return false;
      }
    }
    return true;
  }

  private boolean await(Question question, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    try (HttpConnection connection = new HttpConnection(server)) {
      while (!question.isAnswered(connection)) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(GLANCE);
      }
      return true;
    }
  }

  private JsonNode stats(HttpConnection connection) throws IOException {
    return JSON.readTree(get(connection, "/api/stats").text());
  }

  private Answer get(HttpConnection connection, String path) throws IOException {
    Answer answer = connection.get(path, headers);
    if (answer.status() != 200) {
      throw new BenchFailure(
          "GET %s is answered %d: %s".formatted(path, answer.status(), answer.text()));
    }
    return answer;
  }
}
