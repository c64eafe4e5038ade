package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.JoinedServers;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.IntakeStatus;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two servers with different services, each with a database of its own. A subclass joins them by a
 * broker.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SplitServicesContract {

  private static final Duration SOON = Duration.ofSeconds(60);

  private TestReserva front;
  private TestReserva back;

  /** Starts a broker, and returns the properties that lead to it. */
  abstract List<String> startBroker() throws Exception;

  abstract void stopBroker() throws Exception;

  @BeforeAll
  void start() throws Exception {
    List<String> broker = startBroker();
    front = server("sales,customers,notifications,operations", broker);
    back = server("inventory,financial,logistics", broker);
  }

  @AfterAll
  void stop() throws Exception {
    front.close();
    back.close();
    stopBroker();
  }

  private static TestReserva server(String services, List<String> broker) {
    List<String> properties = new ArrayList<>(broker);
    properties.addAll(JoinedServers.secrets());
    return TestReserva.start(services, null, properties.toArray(String[]::new));
  }

  private static String admin(TestReserva server) {
    return TestTokens.issue(
        server.bean(Tokens.class), new Caller("admin", Set.of(Role.ADMIN), null));
  }

  private static String id(Reply reply, int status) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    return reply.json().get("id").asString();
  }

  private String product(String sku, int stock) {
    return id(
        back.call(
            "POST",
            "/api/inventory/products",
            admin(back),
            """
            {"sku":"%s","name":"Thing","price":{"amount":"9.50","currency":"EUR"},"stock":%d}
            """
                .formatted(sku, stock)),
        201);
  }

  private Reply order(String customer, String product, int quantity, String key) {
    return front.call(
        "POST",
        "/api/orders",
        admin(front),
        """
        {"customerId":"%s","items":[{"productId":"%s","quantity":%d}],
          "payment":{"method":"credit_card","token":"tok_approve"}}
        """
            .formatted(customer, product, quantity),
        "Idempotency-Key",
        key);
  }

  private int available(String product) {
    return back.call("GET", "/api/inventory/products/" + product, admin(back), null)
        .json()
        .at("/available")
        .asInt(-1);
  }

  private String status(String order) {
    return front
        .call("GET", "/api/orders/" + order, admin(front), null)
        .json()
        .get("status")
        .asString();
  }

  private static long repeated(TestReserva server) {
    return server.bean(Backbone.class).intakes().stream().mapToLong(IntakeStatus::repeated).sum();
  }

  /** Orders are confirmed across both servers, and take effect once when all is sent again. */
  void confirmOrdersAndSendAllAgain() {
    String product = product("SPLIT", 100);
    String customer =
        id(
            front.call(
                "POST",
                "/api/customers",
                admin(front),
                "{\"name\":\"Ann\",\"email\":\"ann@example.org\"}"),
            201);
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String key = "split-" + i;
      // Sales hears of the product a little later.
      await().atMost(SOON).until(() -> order(customer, product, 2, key).status() == 201);
      orders.add(order(customer, product, 2, key).json().get("id").asString());
    }
    assertThat(Set.copyOf(orders)).hasSize(20);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(orders)
                .allSatisfy(order -> assertThat(status(order)).isEqualTo("CONFIRMED")));
    assertThat(available(product)).isEqualTo(60);
    List<String> shipped = orders.subList(0, 5);
    shipped.forEach(this::ship);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(shipped)
                .allSatisfy(order -> assertThat(status(order)).isEqualTo("COMPLETED")));

    for (TestReserva server : List.of(front, back)) {
      long before = repeated(server == front ? back : front);
      server.bean(Backbone.class).replay("relay", 0);
      await().atMost(SOON).until(() -> repeated(server == front ? back : front) > before + 20);
    }
    assertThat(states(front)).allSatisfy(state -> assertThat(state).isEqualTo("running"));
    assertThat(states(back)).allSatisfy(state -> assertThat(state).isEqualTo("running"));
    assertThat(available(product)).isEqualTo(60);
    assertThat(shipped).allSatisfy(order -> assertThat(status(order)).isEqualTo("COMPLETED"));
    assertThat(orders.subList(5, 20))
        .allSatisfy(order -> assertThat(status(order)).isEqualTo("CONFIRMED"));
  }

  /** Dispatches and delivers the shipment of an order, where logistics runs. */
  private void ship(String order) {
    String list = "/api/shipments?orderId=" + order;
    await()
        .atMost(SOON)
        .until(() -> back.call("GET", list, admin(back), null).json().at("/items/0").has("id"));
    String shipment = back.call("GET", list, admin(back), null).json().at("/items/0/id").asString();
    for (String step : List.of("dispatch", "deliver")) {
      Reply moved =
          back.call("POST", "/api/shipments/%s/%s".formatted(shipment, step), admin(back), null);
      assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    }
  }

  /** The process with operations finds all that it expects, of itself and of the other. */
  final void findNoDifferenceInTheTopology() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          Reply topology = front.call("GET", "/api/topology", admin(front), null);
          assertThat(topology.json().path("ok").asBoolean(false)).as(topology.body()).isTrue();
          assertThat(
                  topology
                      .json()
                      .path("checks")
                      .valueStream()
                      .map(check -> check.path("name").asString()))
              .contains("broker.answers")
              .anyMatch(name -> name.endsWith("-elsewhere"));
        });
  }

  /** The states of relay and intakes. */
  private static List<String> states(TestReserva server) {
    Backbone backbone = server.bean(Backbone.class);
    List<String> states = new ArrayList<>();
    backbone.subscriptions().stream()
        .filter(status -> status.name().equals("relay"))
        .forEach(status -> states.add(status.state()));
    backbone.intakes().forEach(status -> states.add(status.state()));
    assertThat(states).hasSizeGreaterThan(1);
    return states;
  }

  @Test
  void an_order_without_stock_is_cancelled() {
    String product = product("SCARCE", 1);
    String customer =
        id(
            front.call(
                "POST",
                "/api/customers",
                admin(front),
                "{\"name\":\"Bo\",\"email\":\"bo@example.org\"}"),
            201);
    await().atMost(SOON).until(() -> order(customer, product, 2, "too-many").status() == 201);
    String order = order(customer, product, 2, "too-many").json().get("id").asString();

    await().atMost(SOON).until(() -> status(order).equals("CANCELLED"));
    assertThat(available(product)).isEqualTo(1);
  }
}
