package dev.reserva.torture.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * A server that answers correctly. Its state is accessible, so that a test can make one thing
 * wrong.
 */
final class FakeServer implements AutoCloseable {
  final Map<String, Map<String, Object>> orders = new LinkedHashMap<>();
  final Map<String, Provider.Charge> charges = new HashMap<>();
  final List<Map<String, Object>> payments = new ArrayList<>();
  final Map<String, Integer> stock = new HashMap<>();
  final Map<String, String> byKey = new HashMap<>();
  final List<Object> deadLetters = new ArrayList<>();
  boolean integrity = true;

  /** How often the invariants are still broken before {@link #integrity} is told. */
  int unbalanced;

  /** What the next requests to place an order are answered, instead of an order. */
  final Deque<Integer> failures = new ArrayDeque<>();

  private final Map<String, Integer> prices = new HashMap<>();
  private final HttpServer server;

  FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    JsonNode body = Api.JSON.readTree(exchange.getRequestBody().readAllBytes());
    String method = exchange.getRequestMethod();
    switch (method + " " + path) {
      case "POST /api/auth/token" ->
          answer(exchange, 200, Map.of("accessToken", "t", "expiresIn", 600));
      case "POST /api/customers" -> answer(exchange, 201, Map.of("id", "customer"));
      case "POST /api/inventory/products" -> answer(exchange, 201, Map.of("id", product(body)));
      case "POST /api/orders" -> {
        Integer failure = failures.poll();
        if (failure != null) {
          answer(exchange, failure, Map.of("type", "/problems/a-failure"));
          return;
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        answer(exchange, 201, Map.of("id", byKey.computeIfAbsent(key, _ -> place(body))));
      }
      case "GET /api/orders" ->
          answer(
              exchange,
              200,
              page(
                  exchange.getRequestURI().getQuery().contains("status=")
                      ? List.of()
                      : List.copyOf(orders.values())));
      case "GET /api/payments" -> answer(exchange, 200, page(payments));
      case "GET /api/dlq" -> answer(exchange, 200, page(deadLetters));
      case "GET /api/integrity" -> {
        boolean ok = integrity && unbalanced-- <= 0;
        Map<String, Object> check =
            Map.of("name", "a-check", "ok", ok, "violations", List.of("a violation"));
        answer(exchange, 200, Map.of("ok", ok, "checks", List.of(check)));
      }
      default -> {
        String product = path.replace("/api/inventory/products/", "");
        if (stock.containsKey(product)) {
          answer(exchange, 200, Map.of("stock", stock.get(product), "reserved", 0));
        } else {
          answer(exchange, 404, Map.of("status", 404));
        }
      }
    }
  }

  private String product(JsonNode body) {
    String id = UUID.randomUUID().toString();
    stock.put(id, body.path("stock").asInt());
    prices.put(id, cents(body.path("price").path("amount").asString()));
    return id;
  }

  /** Places an order in its final state, with its charge. */
  String place(JsonNode body) {
    String id = UUID.randomUUID().toString();
    boolean declined = body.path("payment").path("token").asString().equals("tok_decline");
    List<Map<String, Object>> items = new ArrayList<>();
    long total = 0;
    for (JsonNode item : body.path("items")) {
      String product = item.path("productId").asString();
      int units = item.path("quantity").asInt();
      items.add(Map.of("productId", product, "quantity", units));
      total += (long) units * prices.getOrDefault(product, 0);
      if (!declined) {
        stock.merge(product, -units, Integer::sum);
      }
    }
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("id", id);
    order.put("status", declined ? "CANCELLED" : "CONFIRMED");
    order.put("reason", declined ? "payment_failed" : "");
    order.put("items", items);
    order.put("total", Map.of("amount", Shop.amount(total)));
    orders.put(id, order);
    charge(id, declined ? 0 : total);
    return id;
  }

  /** Adds a payment of an order, with its charge. */
  void charge(String order, long cents) {
    String payment = UUID.randomUUID().toString();
    payments.add(Map.of("id", payment, "orderId", order));
    charges.put(payment, new Provider.Charge(payment, cents, 0));
  }

  private static int cents(String amount) {
    return Integer.parseInt(amount.replace(".", ""));
  }

  private static Map<String, Object> page(List<?> items) {
    Map<String, Object> page = new HashMap<>();
    page.put("items", items);
    page.put("nextCursor", null);
    return page;
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = Api.JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
