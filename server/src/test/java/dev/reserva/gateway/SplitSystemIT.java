package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.JoinedServers;
import dev.reserva.TestReserva;
import dev.reserva.openapi.AnswerCheck;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A system of three processes with a database each, joined by RabbitMQ, behind a gateway. The
 * client knows the gateway alone. Each answer is checked against the merged /openapi.json.
 */
class SplitSystemIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PASSWORD = "a password of the tests";
  private static final String PROXIED = "reserva.http.trusted-proxies=127.0.0.1";

  private static JoinedServers joined;
  private static TestGateway gateway;
  private static AnswerCheck checked;

  @BeforeAll
  static void start() throws Exception {
    joined = JoinedServers.open();
    TestReserva customers = joined.start("customers", PROXIED);
    String authority = JoinedServers.authority(customers);
    TestReserva sales = joined.start("sales,webhooks", authority, PROXIED);
    TestReserva stock = joined.start("inventory,financial,logistics", authority, PROXIED);
    TestReserva notifications = joined.start("notifications", authority, PROXIED);
    TestReserva operations =
        joined.start(
            "operations",
            authority,
            PROXIED,
            member("customers", customers),
            member("sales", sales),
            member("inventory", stock),
            member("financial", stock),
            member("logistics", stock),
            member("notifications", notifications));
    gateway =
        TestGateway.start(
            route("customers", customers),
            route("operations", operations),
            route("sales", sales),
            route("inventory", stock),
            route("financial", stock),
            route("logistics", stock),
            route("notifications", notifications),
            route("webhooks", sales));
    checked = new AnswerCheck(gateway.http());
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    joined.close();
  }

  private static String route(String service, TestReserva process) {
    return "reserva.gateway.routes.%s=%s".formatted(service, JoinedServers.url(process));
  }

  private static String member(String service, TestReserva process) {
    return "reserva.operations.members.%s=%s".formatted(service, JoinedServers.url(process));
  }

  private static HttpResponse<String> call(
      String method, String path, @Nullable String token, @Nullable String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.uri("http", path))
            .timeout(Duration.ofSeconds(40))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return checked.send(request.build());
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return JsonMapper.shared().readTree(response.body());
  }

  private static String login(String username, String password) throws Exception {
    return json(call(
            "POST",
            "/api/auth/token",
            null,
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password)))
        .get("accessToken")
        .asString();
  }

  private static String admin() throws Exception {
    return login("admin", TestReserva.ADMIN_PASSWORD);
  }

  @Test
  void an_order_is_placed_confirmed_and_exported_through_one_port() throws Exception {
    String admin = admin();
    String email = "ann-" + UUID.randomUUID() + "@example.org";
    String ann =
        json(call(
                "POST",
                "/api/customers",
                admin,
                "{\"name\":\"Ann\",\"email\":\"%s\",\"password\":\"%s\"}"
                    .formatted(email, PASSWORD)))
            .get("id")
            .asString();
    String product =
        json(call(
                "POST",
                "/api/inventory/products",
                admin,
                """
                {"sku":"S-%s","name":"Thing","price":{"amount":"9.50","currency":"EUR"},"stock":10}
                """
                    .formatted(UUID.randomUUID())))
            .get("id")
            .asString();
    String key = UUID.randomUUID().toString();
    String body =
        """
        {"customerId":"%s","items":[{"productId":"%s","quantity":2}],
         "shippingAddress":"Main Street 5","payment":{"method":"credit_card","token":"tok_approve"}}
        """
            .formatted(ann, product);
    String token = login(email, PASSWORD);
    // Sales hears of customer and product a little later.
    await()
        .atMost(SOON)
        .until(() ->
            call("POST", "/api/orders", token, body, "Idempotency-Key", key).statusCode() == 201);
    String order =
        json(call("POST", "/api/orders", token, body, "Idempotency-Key", key)).get("id").asString();
    await()
        .atMost(SOON)
        .until(() ->
            json(call("GET", "/api/orders/" + order, token, null))
                .get("status")
                .asString()
                .equals("CONFIRMED"));
    assertThat(json(call("GET", "/api/payments?orderId=" + order, token, null)).get("items"))
        .hasSize(1);
    assertThat(json(call("GET", "/api/inventory/products/" + product, token, null)).toString())
        .contains("8");

    // The keys of customers are in another database than the messages.
    String messages = "/api/notifications?status=SENT&orderId=" + order;
    await()
        .atMost(SOON)
        .until(
            () -> json(call("GET", messages, token, null)).toString().contains("order-confirmed"));
    assertThat(json(call("GET", messages, token, null)).toString()).contains(email, "Hello Ann");

    JsonNode export = json(call("GET", "/api/customers/" + ann + "/export", token, null));
    List<String> parts = new ArrayList<>();
    export.get("parts").forEach(part -> parts.add(part.get("name").asString()));
    assertThat(parts)
        .containsExactlyInAnyOrder(
            "customer",
            "orders",
            "receivables",
            "returns",
            "notifications",
            "devices",
            "notification-preferences");
    assertThat(export.toString()).contains(email, order);
    JsonNode orders =
        json(call("GET", "/api/customers/" + ann + "/export?part=orders", token, null));
    assertThat(orders.get("parts")).hasSize(1);
    assertThat(call("GET", "/api/customers/" + UUID.randomUUID() + "/export", token, null))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(404);
  }

  @Test
  void the_merged_description_is_that_of_a_whole_server() throws Exception {
    JsonNode merged = json(call("GET", "/openapi.json", null, null));
    try (TestReserva whole = TestReserva.start("", null)) {
      JsonNode described = whole.call("GET", "/openapi.json", null, null).json();
      assertThat(names(merged.get("paths"))).isEqualTo(names(described.get("paths")));
      assertThat(names(merged.get("components").get("schemas")))
          .isEqualTo(names(described.get("components").get("schemas")));
      assertThat(merged.get("paths")).isEqualTo(described.get("paths"));
      assertThat(different("", merged.get("components"), described.get("components"))).isEmpty();
      assertThat(Set.copyOf(list(merged.get("tags"))))
          .isEqualTo(Set.copyOf(list(described.get("tags"))));
    }
  }

  /** Where two documents differ. */
  private static List<String> different(String at, JsonNode one, JsonNode other) {
    if (one.equals(other)) {
      return List.of();
    }
    if (!one.isObject() || !other.isObject()) {
      return List.of("%s: %s and %s".formatted(at, one, other));
    }
    Set<String> names = names(one);
    names.addAll(names(other));
    List<String> different = new ArrayList<>();
    for (String name : names) {
      different.addAll(different(at + "/" + name, one.path(name), other.path(name)));
    }
    return different;
  }

  private static Set<String> names(JsonNode object) {
    return new TreeSet<>(object.propertyNames());
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }

  @Test
  void the_documents_and_pages_are_there() throws Exception {
    assertThat(json(call("GET", "/asyncapi.json", null, null)).get("asyncapi").asString())
        .startsWith("3.");
    assertThat(call("GET", "/schemas", null, null).statusCode()).isEqualTo(200);
    assertThat(call("GET", "/schemas/sales.order.created/1", null, null).statusCode())
        .isEqualTo(200);
    assertThat(call("GET", "/.well-known/jwks.json", null, null).body()).contains("keys");
    HttpResponse<String> docs = call("GET", "/docs", null, null);
    assertThat(docs.statusCode()).isEqualTo(302);
    URI page = docs.uri().resolve(docs.headers().firstValue("Location").orElseThrow());
    assertThat(page.getPort()).isEqualTo(gateway.port());
    assertThat(call("GET", page.getRawPath(), null, null).body()).contains("Swagger UI");
    assertThat(json(call("GET", "/openapi.json/swagger-config", null, null)).toString())
        .contains("/openapi.json");
    assertThat(call("GET", "/api/health", null, null).statusCode()).isEqualTo(200);
  }

  @Test
  void metrics_are_for_those_whom_the_services_show_theirs() throws Exception {
    assertThat(call("GET", "/actuator/prometheus", null, null).statusCode()).isEqualTo(401);
    assertThat(call("GET", "/actuator/prometheus", "nonsense", null).statusCode()).isEqualTo(401);
    assertThat(call("GET", "/actuator/prometheus", admin(), null).body())
        .contains("reserva_gateway_requests_seconds");
  }

  @Test
  void the_live_feed_passes() throws Exception {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    WebSocket socket =
        gateway
            .http()
            .newWebSocketBuilder()
            .buildAsync(
                gateway.uri("ws", "/ws/dashboard"),
                new WebSocket.Listener() {
                  private final StringBuilder text = new StringBuilder();

                  @Override
                  public @Nullable CompletionStage<?> onText(
                      WebSocket from, CharSequence data, boolean last) {
                    text.append(data);
                    if (last) {
                      frames.add(text.toString());
                      text.setLength(0);
                    }
                    from.request(1);
                    return null;
                  }
                })
            .join();
    socket.sendText("{\"type\":\"authenticate\",\"token\":\"%s\"}".formatted(admin()), true).join();
    assertThat(frames.poll(20, TimeUnit.SECONDS)).contains("authenticated");
    assertThat(frames.poll(20, TimeUnit.SECONDS)).contains("\"type\"");
    assertThat(frames.poll(20, TimeUnit.SECONDS)).isNotNull();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    await().atMost(SOON).until(() -> gateway.bean(SocketRelays.class).open() == 0);
  }
}
