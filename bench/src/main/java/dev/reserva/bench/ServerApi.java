package dev.reserva.bench;

import dev.reserva.harness.HttpConnection;
import dev.reserva.harness.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a server's state by its public API, which is the same in all versions.
 *
 * @param login the caller
 */
public record ServerApi(URI server, AdminLogin login) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Pause between two polls for orders under way. Each poll is up to three requests. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /**
   * In the order in which an order passes them, so that no order is missed between two requests.
   */
  private static final String[] UNDER_WAY = {"PENDING", "PENDING_PAYMENT", "PAID"};

  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

  @FunctionalInterface
  private interface Condition {
    boolean holds(HttpConnection connection) throws IOException;
  }

  /** Bytes of the server's heap in use. */
  long heapBytes() throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      return Metrics.sum(get(connection, "/actuator/prometheus").text(), HEAP);
    }
  }

  /**
   * The server's integrity report: {@code {ok, checks}}.
   *
   * @param timeout of the answer
   */
  public JsonNode integrity(Duration timeout) throws IOException {
    try (HttpConnection connection = new HttpConnection(server, timeout)) {
      return JSON.readTree(get(connection, "/api/integrity").text());
    }
  }

  /** The integrity report of a server with few orders. */
  JsonNode integrity() throws IOException {
    return integrity(HttpConnection.ANSWER_LIMIT);
  }

  /** Number of orders by state. The server updates it with a delay of up to a second. */
  public Map<String, Long> ordersByStatus() throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      Map<String, Long> orders = new TreeMap<>();
      stats(connection)
          .path("orders")
          .path("byStatus")
          .forEachEntry((status, count) -> orders.put(status, count.asLong()));
      return orders;
    }
  }

  /** Waits until no order is under way; false if the time-out expires first. */
  public boolean awaitSettled(Duration timeout) throws IOException, InterruptedException {
    return await(this::isSettled, timeout);
  }

  /** Waits until all subscriptions have handled all events; false if the time-out expires first. */
  public boolean awaitCaughtUp(Duration timeout) throws IOException, InterruptedException {
    return await(this::isCaughtUp, timeout);
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

  private boolean await(Condition condition, Duration timeout)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    try (HttpConnection connection = new HttpConnection(server)) {
      while (!condition.holds(connection)) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(POLL_INTERVAL);
      }
      return true;
    }
  }

  /**
   * How many events the relays of the system have sent to the broker, since before any order; 0 if
   * there is no broker, or nothing to be sent.
   */
  public long relayed() throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      long relayed = 0;
      for (JsonNode queue : stats(connection).path("queues")) {
        if (queue.path("subscription").asString("").equals("relay")) {
          relayed += queue.path("handled").asLong();
        }
      }
      return relayed;
    }
  }

  /**
   * The events of the newest order, as the event log tells them.
   *
   * @throws BenchFailure if there is no order
   */
  public List<JsonNode> eventsOfAnOrder() throws IOException {
    try (HttpConnection connection = new HttpConnection(server)) {
      JsonNode orders = JSON.readTree(get(connection, "/api/orders?limit=1").text()).path("items");
      if (orders.isEmpty()) {
        throw new BenchFailure("the system has no order");
      }
      String events = "/api/events?limit=200&key=" + orders.path(0).path("id").asString();
      return JSON.readTree(get(connection, events).text()).path("items").valueStream().toList();
    }
  }

  private JsonNode stats(HttpConnection connection) throws IOException {
    return JSON.readTree(get(connection, "/api/stats").text());
  }

  private Answer get(HttpConnection connection, String path) throws IOException {
    Answer answer = connection.get(path, login.header());
    if (answer.status() != 200) {
      throw new BenchFailure(
          "GET %s is answered %d: %s".formatted(path, answer.status(), answer.text()));
    }
    return answer;
  }
}
