package dev.reserva.system;

import dev.reserva.openapi.AnswerCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of the server, with one caller's token. */
final class Shop {

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** The longest wait for an eventual effect before a test fails. */
  static final Duration EVENTUALLY = Duration.ofSeconds(60);

  private static final Set<String> SETTLED =
      Set.of("CONFIRMED", "SHIPPED", "DELIVERED", "COMPLETED", "CANCELLED", "FAILED");

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Compares every answer with the server's own description. */
  private static final AnswerCheck CHECKED = new AnswerCheck(HTTP);

  private final URI url;
  private final @Nullable String token;

  Shop(URI url, @Nullable String token) {
    this.url = url;
    this.token = token;
  }

  /** An HTTP answer with its body read as JSON, or as a missing node where there is none. */
  record Reply(int status, HttpResponse<String> response, JsonNode body) {

    Reply expect(int wanted) {
      if (status != wanted) {
        throw new AssertionError(
            "expected %d, was %d: %s %s -> %s"
                .formatted(
                    wanted,
                    status,
                    response.request().method(),
                    response.request().uri(),
                    response.body()));
      }
      return this;
    }

    UUID id() {
      return UUID.fromString(body.path("id").asString());
    }

    String text(String field) {
      return body.path(field).asString();
    }

    @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }

  /** The caller's token; null for a stranger. */
  @Nullable String token() {
    return token;
  }

  static Shop anonymous(URI url) {
    return new Shop(url, null);
  }

  static Shop login(URI url, String username, String password) {
    Reply reply =
        anonymous(url)
            .post("/api/auth/token", Map.of("username", username, "password", password))
            .expect(200);
    return new Shop(url, reply.text("accessToken"));
  }

  /** The same server with another caller's token. */
  Shop as(@Nullable String otherToken) {
    return new Shop(url, otherToken);
  }

  URI url() {
    return url;
  }

  static boolean isReady(URI url) {
    try {
      return anonymous(url).get("/actuator/health/readiness").status() == 200;
    } catch (Unanswered e) {
      return false;
    }
  }

  Reply get(String path) {
    return send("GET", path, null, Map.of());
  }

  Reply post(String path, @Nullable Object body) {
    return send("POST", path, body, Map.of());
  }

  Reply post(String path, @Nullable Object body, Map<String, String> headers) {
    return send("POST", path, body, headers);
  }

  Reply put(String path, Object body) {
    return send("PUT", path, body, Map.of());
  }

  Reply patch(String path, Object body) {
    return send("PATCH", path, body, Map.of());
  }

  Reply delete(String path, @Nullable Object body) {
    return send("DELETE", path, body, Map.of());
  }

  /**
   * Sends a request.
   *
   * @param body null for none, a String as it is, anything else as JSON
   * @throws Unanswered when no whole answer came: whether the server did it is unknown
   */
  Reply send(String method, String path, @Nullable Object body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    Map<String, String> all = new LinkedHashMap<>();
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    all.forEach(request::header);
    String text =
        body == null ? "" : body instanceof String string ? string : JSON.writeValueAsString(body);
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(text));
    try {
      HttpResponse<String> response = CHECKED.send(request.build());
      boolean json =
          response.headers().firstValue("Content-Type").orElse("").contains("json")
              && !response.body().isEmpty();
      return new Reply(
          response.statusCode(),
          response,
          json ? JSON.readTree(response.body()) : JSON.missingNode());
    } catch (IOException e) {
      throw new Unanswered(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** No whole answer came. */
  static final class Unanswered extends RuntimeException {
    Unanswered(String request, Throwable cause) {
      super("no answer to " + request + ": " + cause, cause);
    }
  }

  static Map<String, Object> money(String amount) {
    return Map.of("amount", amount, "currency", "BRL");
  }

  static Map<String, Object> item(UUID product, int quantity) {
    return Map.of("productId", product.toString(), "quantity", quantity);
  }

  UUID product(String name, int stock) {
    return product(name, stock, "10.00");
  }

  UUID product(String name, int stock, String price) {
    return post(
            "/api/inventory/products",
            Map.of(
                "sku",
                name + "-" + UUID.randomUUID(),
                "name",
                name,
                "price",
                money(price),
                "stock",
                stock))
        .expect(201)
        .id();
  }

  UUID customer() {
    return post(
            "/api/customers",
            Map.of("name", "Maria Souza", "email", UUID.randomUUID() + "@example.org"))
        .expect(201)
        .id();
  }

  static Map<String, Object> order(UUID customer, @Nullable String paymentToken, List<?> items) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("customerId", customer.toString());
    order.put("items", items);
    if (paymentToken != null) {
      order.put("payment", Map.of("method", "credit_card", "token", paymentToken));
    }
    return order;
  }

  Reply place(UUID customer, @Nullable String paymentToken, List<?> items) {
    return post("/api/orders", order(customer, paymentToken, items));
  }

  JsonNode order(UUID id) {
    return get("/api/orders/" + id).expect(200).body();
  }

  JsonNode productNow(UUID id) {
    return get("/api/inventory/products/" + id).expect(200).body();
  }

  static boolean isSettled(String status) {
    return SETTLED.contains(status);
  }

  /** Waits until the order is no longer under way. */
  JsonNode settled(UUID id) {
    return eventually(
        "order " + id + " comes to rest",
        () -> {
          JsonNode order = order(id);
          return SETTLED.contains(order.path("status").asString()) ? order : null;
        });
  }

  JsonNode awaitStatus(UUID id, String status) {
    return eventually(
        "order " + id + " becomes " + status,
        () -> {
          JsonNode order = order(id);
          return order.path("status").asString().equals(status) ? order : null;
        });
  }

  /** Waits until the order shows its shipment. */
  JsonNode awaitShipment(UUID id) {
    return eventually(
        "order " + id + " has a shipment",
        () -> {
          JsonNode order = order(id);
          return order.has("shipment") ? order.path("shipment") : null;
        });
  }

  /** Repeats a query until it has a result. */
  static <T> T eventually(String what, java.util.function.Supplier<@Nullable T> question) {
    return eventually(what, EVENTUALLY, question, () -> "nothing");
  }

  /**
   * Repeats a query until it has a result.
   *
   * @param instead what the failure says of the state that was found when the time is over
   */
  static <T> T eventually(
      String what,
      Duration limit,
      java.util.function.Supplier<@Nullable T> question,
      java.util.function.Supplier<?> instead) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      T answer = question.get();
      if (answer != null) {
        return answer;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "not within %s: %s; found: %s".formatted(limit, what, instead.get()));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Waits until every service has handled all events in the log. */
  void awaitNoLag() {
    eventually(
        "no service lags behind",
        () -> {
          JsonNode queues = get("/api/stats").expect(200).body().path("queues");
          for (JsonNode queue : queues) {
            if (queue.path("lag").asLong() > 0) {
              return null;
            }
          }
          return queues.isEmpty() ? null : queues;
        });
  }

  /** Every item of a paged list. */
  List<JsonNode> all(String path) {
    List<JsonNode> items = new java.util.ArrayList<>();
    String cursor = null;
    do {
      String page =
          path
              + (path.contains("?") ? "&" : "?")
              + "limit=200"
              + (cursor == null ? "" : "&cursor=" + cursor);
      JsonNode body = get(page).expect(200).body();
      body.path("items").forEach(items::add);
      cursor = body.path("nextCursor").isNull() ? null : body.path("nextCursor").asString();
    } while (cursor != null && !Objects.equals(cursor, ""));
    return items;
  }

  /** Fails with the violations unless every invariant holds. */
  void assertIntegrity() {
    JsonNode integrity = get("/api/integrity").expect(200).body();
    if (!integrity.path("ok").asBoolean() || integrity.path("checks").isEmpty()) {
      throw new AssertionError("integrity is broken: " + integrity.toPrettyString());
    }
  }
}
