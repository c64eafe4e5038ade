package dev.reserva.cli.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One user's view of a server. Everything that creates or moves something carries an idempotency
 * key, so every call can be {@linkplain Connection tried again}. Safe for use by many threads.
 */
public final class ReservaApi implements AutoCloseable {
  private final Connection connection;

  /**
   * @param server such as {@code http://localhost:8080}
   */
  public ReservaApi(URI server, String username, String password) {
    this(new Connection(server, username, password, null, Connection.ATTEMPTS));
  }

  private ReservaApi(Connection connection) {
    this.connection = connection;
  }

  /** A client with an API key, which needs no log-in. */
  public static ReservaApi withKey(URI server, String apiKey) {
    return new ReservaApi(new Connection(server, "", "", apiKey, Connection.ATTEMPTS));
  }

  /** The same server as another user sees it. */
  public ReservaApi as(String otherUsername, String otherPassword) {
    return new ReservaApi(connection.as(otherUsername, otherPassword));
  }

  /** The same, but what fails is not tried again. */
  public ReservaApi once() {
    return new ReservaApi(connection.once());
  }

  public URI server() {
    return connection.server();
  }

  @Override
  public void close() {
    connection.close();
  }

  // Inventory

  public Reply<Product> createProduct(Product.New product, String idempotencyKey) {
    return connection.send(
        connection.post("/api/inventory/products", product, idempotencyKey), Product.class);
  }

  /** Opens a location, unless it exists. */
  public void openLocation(String code, String name) {
    Reply<Object> reply =
        connection.send(
            connection.post(
                "/api/inventory/locations",
                Map.of("code", code, "name", name),
                "location-" + UUID.randomUUID()),
            Object.class);
    if (reply instanceof Reply.Refused<Object> refused
        && !refused.problem().equals("location-exists")) {
      throw new UnexpectedReply(
          "location %s was refused: %d %s".formatted(code, refused.status(), refused.problem()));
    }
  }

  public Product product(UUID id) {
    return connection
        .send(connection.get("/api/inventory/products/" + id), Product.class)
        .value("product " + id);
  }

  public Optional<Product> productBySku(String sku) {
    return connection
        .list("/api/inventory/products?limit=1&sku=" + Connection.encode(sku), Product.class)
        .stream()
        .filter(product -> product.sku().equals(sku))
        .findFirst();
  }

  public Reply<Product> receive(UUID productId, int quantity, String idempotencyKey) {
    return connection.send(
        connection.post(
            "/api/inventory/stock/add",
            Map.of("productId", productId, "quantity", quantity),
            idempotencyKey),
        Product.class);
  }

  public Reply<Reservation> reserve(
      UUID orderId, List<Order.Wanted> items, int ttlSeconds, String idempotencyKey) {
    Map<String, Object> body = Map.of("orderId", orderId, "items", items, "ttlSeconds", ttlSeconds);
    return connection.send(
        connection.post("/api/inventory/stock/reserve", body, idempotencyKey), Reservation.class);
  }

  public Reservation reservation(UUID id) {
    return connection
        .send(connection.get("/api/inventory/reservations/" + id), Reservation.class)
        .value("reservation " + id);
  }

  public Reply<Reservation> confirm(UUID reservationId, String idempotencyKey) {
    return connection.send(
        connection.post(
            "/api/inventory/reservations/" + reservationId + "/confirm", Map.of(), idempotencyKey),
        Reservation.class);
  }

  // Customers

  public Reply<Customer> createCustomer(Customer.New customer, String idempotencyKey) {
    return connection.send(
        connection.post("/api/customers", customer, idempotencyKey), Customer.class);
  }

  // Sales

  /**
   * @param wait how long the server may hold the answer back until the order is decided; zero: not
   *     at all
   */
  public Reply<Order> placeOrder(Order.New order, String idempotencyKey, Duration wait) {
    HttpRequest.Builder request = connection.post("/api/orders", order, idempotencyKey);
    if (wait.isPositive()) {
      request.header("Prefer", "wait=" + wait.toSeconds());
    }
    return connection.send(request, Order.class);
  }

  public Order order(UUID id) {
    return connection.send(connection.get("/api/orders/" + id), Order.class).value("order " + id);
  }

  public List<Order.Step> history(UUID orderId) {
    return connection.list("/api/orders/" + orderId + "/history", Order.Step.class);
  }

  public Reply<Order> cancel(UUID orderId, String idempotencyKey) {
    return connection.send(
        connection
            .request("/api/orders/" + orderId)
            .method("DELETE", BodyPublishers.noBody())
            .header("Idempotency-Key", idempotencyKey),
        Order.class);
  }

  // Financial

  public Payment payment(UUID id) {
    return connection
        .send(connection.get("/api/payments/" + id), Payment.class)
        .value("payment " + id);
  }

  // Logistics

  public Reply<Shipment> dispatch(
      UUID shipmentId, String carrier, String trackingCode, String idempotencyKey) {
    return connection.send(
        connection.post(
            "/api/shipments/" + shipmentId + "/dispatch",
            Map.of("carrier", carrier, "trackingCode", trackingCode),
            idempotencyKey),
        Shipment.class);
  }

  public Reply<Shipment> deliver(UUID shipmentId, String idempotencyKey) {
    return connection.send(
        connection.post("/api/shipments/" + shipmentId + "/deliver", Map.of(), idempotencyKey),
        Shipment.class);
  }

  /** The shipments of an order, at most a page. */
  public List<Shipment> shipments(UUID orderId) {
    return connection.list("/api/shipments?orderId=" + orderId, Shipment.class);
  }

  // Returns

  public Reply<Return> requestReturn(
      UUID orderId, List<Order.Wanted> items, String reason, String idempotencyKey) {
    return connection.send(
        connection.post(
            "/api/orders/" + orderId + "/returns",
            Map.of("items", items, "reason", reason),
            idempotencyKey),
        Return.class);
  }

  public Reply<Return> approve(UUID returnId, String idempotencyKey) {
    return connection.send(
        connection.post("/api/returns/" + returnId + "/approve", Map.of(), idempotencyKey),
        Return.class);
  }

  public Reply<Return> receive(UUID returnId, String idempotencyKey) {
    return connection.send(
        connection.post("/api/returns/" + returnId + "/receive", Map.of(), idempotencyKey),
        Return.class);
  }

  public Return returned(UUID id) {
    return connection
        .send(connection.get("/api/returns/" + id), Return.class)
        .value("return " + id);
  }

  // Operations

  public Integrity integrity() {
    return connection
        .send(connection.get("/api/integrity"), Integrity.class)
        .value("the integrity check");
  }

  public Topology topology() {
    return connection
        .send(connection.get("/api/topology"), Topology.class)
        .value("the check of the topology");
  }

  /**
   * Publishes an event by hand, unchecked: a drill.
   *
   * @return its id
   */
  public UUID publishUnchecked(String type, UUID subject, Map<String, ?> data, String key) {
    JsonNode answer =
        connection
            .send(
                connection.post(
                    "/api/events?check=false",
                    Map.of("type", type, "subject", subject, "data", data),
                    key),
                JsonNode.class)
            .value("publishing an event");
    return UUID.fromString(answer.path("id").asString(""));
  }

  /** The newest dead letters, at most a page. */
  public List<DeadLetter> deadLetters() {
    return connection.list("/api/dlq?limit=200", DeadLetter.class);
  }

  /** Runs a dead letter again with an edited payload. */
  public Reply<JsonNode> retryDeadLetter(String id, Map<String, ?> data, String idempotencyKey) {
    return connection.send(
        connection.post("/api/dlq/" + id + "/retry", Map.of("data", data), idempotencyKey),
        JsonNode.class);
  }
}
