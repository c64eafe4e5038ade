package dev.reserva.operations;

import static dev.reserva.JoinedServers.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.JoinedServers;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.messaging.ManualIds;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What operators see and do where four databases are joined by a broker: everything, at the process
 * that runs operations.
 */
class SplitOperationsIT {
  /** Events of an order that is confirmed and has a shipment. */
  private static final int EVENTS = 12;

  private static final Duration SOON = Duration.ofSeconds(60);

  private static JoinedServers joined;
  private static TestReserva customers;
  private static TestReserva sales;
  private static TestReserva stock;
  private static TestReserva operations;

  @BeforeAll
  static void start() throws Exception {
    joined = JoinedServers.open();
    customers = joined.start("customers");
    String authority = JoinedServers.authority(customers);
    sales = joined.start("sales", authority);
    stock = joined.start("inventory,logistics,notifications,webhooks", authority);
    TestReserva money = joined.start("financial", authority);
    operations =
        joined.start(
            "operations",
            authority,
            "reserva.operations.members.customers=" + url(customers),
            "reserva.operations.members.sales=" + url(sales),
            // The first address refuses connections: the second process is asked.
            "reserva.operations.members.inventory=http://127.0.0.1:1," + url(stock),
            "reserva.operations.members.financial=" + url(money),
            "reserva.operations.members.logistics=" + url(stock),
            "reserva.operations.members.notifications=" + url(stock),
            "reserva.operations.members.webhooks=" + url(stock));
  }

  @AfterAll
  static void stop() throws Exception {
    joined.close();
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isBetween(200, 299);
    return reply;
  }

  private static String id(Reply reply) {
    return ok(reply).json().get("id").asString();
  }

  private static Reply call(TestReserva server, String method, String path, @Nullable String body) {
    return server.call(method, path, customers.admin(), body);
  }

  private static JsonNode get(String path) {
    return ok(call(operations, "GET", path, null)).json();
  }

  private static String customer() {
    return id(
        call(
            customers,
            "POST",
            "/api/customers",
            "{\"name\":\"Ann\",\"email\":\"%s@example.org\"}".formatted(UUID.randomUUID())));
  }

  private static String confirmedOrder(String customer) {
    String product =
        id(
            call(
                stock,
                "POST",
                "/api/inventory/products",
                """
                {"sku":"S-%s","name":"Thing","price":{"amount":"9.50","currency":"EUR"},"stock":10}
                """
                    .formatted(UUID.randomUUID())));
    String key = UUID.randomUUID().toString();
    String body =
        """
        {"customerId":"%s","items":[{"productId":"%s","quantity":1}],
          "payment":{"method":"credit_card","token":"tok_approve"}}
        """
            .formatted(customer, product);
    String order = id(order(body, key)); // waits until sales has heard of customer and product
    await()
        .atMost(SOON)
        .until(() ->
            call(sales, "GET", "/api/orders/" + order, null)
                .json()
                .get("status")
                .asString()
                .equals("CONFIRMED"));
    return order;
  }

  private static Reply order(String body, String key) {
    return sales.call("POST", "/api/orders", customers.admin(), body, "Idempotency-Key", key);
  }

  private static List<JsonNode> items(JsonNode page) {
    return StreamSupport.stream(page.get("items").spliterator(), false).toList();
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).asString("");
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> text(event, "type")).toList();
  }

  private static String counted(String status) {
    return get("/api/stats").at("/orders/byStatus/" + status).toString();
  }

  @Test
  @EffectOf({
    "reserva.operations.members.customers",
    "reserva.operations.members.sales",
    "reserva.operations.members.inventory",
    "reserva.operations.members.financial",
    "reserva.operations.members.logistics",
    "reserva.operations.members.notifications"
  })
  void the_log_of_the_system_has_each_event_once() {
    String order = confirmedOrder(customer());
    awaitWholeStory(order);
    List<JsonNode> all = items(get("/api/events?key=" + order));

    assertThat(types(all))
        .containsExactlyInAnyOrder(
            "sales.order.created",
            "inventory.stock.reserved",
            "sales.order.payment_pending",
            "financial.payment.requested",
            "financial.payment.processing",
            "financial.payment.approved",
            "financial.receivable.opened",
            "financial.receivable.settled",
            "sales.order.paid",
            "inventory.stock.confirmed",
            "sales.order.confirmed",
            "logistics.shipment.created")
        .startsWith("sales.order.created")
        .endsWith("sales.order.confirmed", "logistics.shipment.created");

    List<JsonNode> paged = new ArrayList<>();
    String next = "/api/events?key=" + order + "&limit=2";
    while (next != null) {
      JsonNode page = get(next);
      assertThat(page.get("items").size()).isLessThanOrEqualTo(2);
      paged.addAll(items(page));
      next =
          page.get("nextCursor").isNull()
              ? null
              : "/api/events?key=" + order + "&limit=2&cursor=" + text(page, "nextCursor");
    }
    assertThat(paged).extracting(event -> text(event, "id")).doesNotHaveDuplicates();
    assertThat(types(paged)).containsExactlyElementsOf(types(all));

    String third = URLEncoder.encode(text(all.get(2), "position"), StandardCharsets.UTF_8);
    assertThat(items(get("/api/events?key=" + order + "&after=" + third)))
        .containsExactlyElementsOf(all.subList(3, all.size()));
    assertThat(call(operations, "GET", "/api/events?after=0-shipping.7", null).status())
        .isEqualTo(400);
  }

  private static void awaitWholeStory(String order) {
    await().atMost(SOON).until(() -> items(get("/api/events?key=" + order)).size() == EVENTS);
  }

  @Test
  void the_history_of_an_order_has_the_events_of_other_services() {
    String order = confirmedOrder(customer());
    String history = "/api/orders/" + order + "/history";

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(types(items(ok(call(sales, "GET", history, null)).json())))
                .contains("inventory.stock.confirmed", "financial.payment.requested")
                .hasSize(EVENTS));
  }

  @Test
  @EffectOf("reserva.operations.members.webhooks")
  void the_timeline_of_an_order_has_what_every_database_knows_of_it() {
    String hook =
        id(
            call(
                stock,
                "POST",
                "/api/webhooks",
                "{\"url\":\"https://hooks.invalid/reserva\",\"types\":[\"inventory.stock.*\"]}"));
    String order = confirmedOrder(customer());
    awaitWholeStory(order);
    String path = "/api/orders/" + order + "/timeline";
    await()
        .atMost(SOON)
        .until(() ->
            items(get(path)).stream()
                .map(item -> text(item, "kind"))
                .toList()
                .containsAll(
                    List.of(
                        "command",
                        "event",
                        "stock",
                        "payment",
                        "shipment",
                        "notification",
                        "webhook")));
    ok(call(stock, "DELETE", "/api/webhooks/" + hook, null));

    List<JsonNode> all = items(get(path + "?limit=200"));

    List<JsonNode> events =
        all.stream().filter(item -> text(item, "kind").equals("event")).toList();
    assertThat(events).hasSize(EVENTS);
    assertThat(text(all.getFirst(), "type")).isEqualTo("sales.order.place");
    assertThat(text(all.get(1), "type")).isEqualTo("sales.order.created");
    List<String> ids = all.stream().map(item -> text(item, "id")).toList();
    assertThat(all)
        .filteredOn(item -> item.has("causationId"))
        .isNotEmpty()
        .allSatisfy(item ->
            assertThat(ids.indexOf(text(item, "causationId"))).isBetween(0, all.indexOf(item) - 1));
    assertThat(call(operations, "GET", "/api/orders/" + randomId() + "/timeline", null).status())
        .isEqualTo(404);
  }

  @Test
  void an_order_behind_a_dead_letter_of_another_database_is_stuck() {
    String order = confirmedOrder(customer());
    String drill =
        id(
            call(
                operations,
                "POST",
                "/api/events?check=false",
                """
                {"type":"sales.order.paid","subject":"%s","key":"%s","data":{"no":"order"}}
                """
                    .formatted(order, order)));
    await().atMost(SOON).until(() -> deadLetters(order).size() == 1);

    JsonNode stuck =
        items(get("/api/orders/stuck?limit=200")).stream()
            .filter(item -> item.at("/order/id").asString().equals(order))
            .findFirst()
            .orElseThrow();

    assertThat(stuck.at("/order/status").asString()).isEqualTo("CONFIRMED");
    assertThat(stuck.at("/blockedBy/eventId").asString()).isEqualTo(drill);
    assertThat(text(stuck, "remedy")).contains(stuck.at("/blockedBy/id").asString());
    String letter = text(deadLetters(order).getFirst(), "id");
    assertThat(items(get("/api/orders/" + order + "/timeline?limit=200")))
        .anySatisfy(item -> {
          assertThat(text(item, "kind")).isEqualTo("dead_letter");
          assertThat(text(item, "id")).isEqualTo(letter);
          assertThat(text(item, "service")).isEqualTo("inventory");
        });
    items(get("/api/dlq")).stream()
        .filter(item -> item.at("/event/id").asString().equals(drill))
        .forEach(item ->
            ok(
                call(
                    operations,
                    "DELETE",
                    "/api/dlq/" + text(item, "id"),
                    "{\"reason\":\"a drill\"}")));
  }

  @Test
  void a_dead_letter_of_another_database_is_seen_and_settled() {
    String key = UUID.randomUUID().toString();
    String drill =
        id(
            call(
                operations,
                "POST",
                "/api/events?check=false",
                """
                {"type":"sales.order.paid","subject":"%s","key":"%s","data":{"no":"order"}}
                """
                    .formatted(key, key)));
    assertThat(ManualIds.isMarked(UUID.fromString(drill))).isTrue();
    assertThat(items(get("/api/events?key=" + key)))
        .singleElement()
        .satisfies(event -> assertThat(text(event, "publishedby")).isEqualTo("admin"));
    await().atMost(SOON).until(() -> deadLetters(key).size() == 1);
    JsonNode letter = deadLetters(key).getFirst();
    assertThat(text(letter, "subscription")).isEqualTo("inventory");
    String path = "/api/dlq/" + text(letter, "id");
    assertThat(text(get(path), "status")).isEqualTo("OPEN");
    assertThat(text(get(path).get("error"), "stackTrace")).isNotEmpty();

    Reply retried =
        operations.call("POST", path + "/retry", customers.admin(), null, "Idempotency-Key", key);
    assertThat(ok(retried).status()).isEqualTo(202);
    Reply repeated =
        operations.call("POST", path + "/retry", customers.admin(), null, "Idempotency-Key", key);
    assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
    await().atMost(SOON).until(() -> text(get(path), "status").equals("OPEN"));

    assertThat(call(operations, "DELETE", path, "{}").status()).isEqualTo(400);
    ok(call(operations, "DELETE", path, "{\"reason\":\"a drill\"}"));
    assertThat(text(get(path), "status")).isEqualTo("DISCARDED");
    assertThat(call(operations, "DELETE", path, "{\"reason\":\"a drill\"}").status())
        .isEqualTo(409);
    await()
        .atMost(SOON)
        .until(() ->
            items(get("/api/audit?action=operations.dead_letter.discard")).stream()
                .anyMatch(record -> record.toString().contains(text(letter, "id"))));
    assertThat(call(operations, "GET", "/api/dlq/" + UUID.randomUUID(), null).status())
        .isEqualTo(404);
  }

  /** Those of inventory; notifications gives the same event up. */
  private static List<JsonNode> deadLetters(String key) {
    return items(get("/api/dlq")).stream()
        .filter(item -> text(item, "subscription").equals("inventory"))
        .filter(item -> text(item.path("event"), "partitionkey").equals(key))
        .toList();
  }

  @Test
  void a_fact_is_repeated_by_hand_where_its_service_has_stated_it() {
    String order = confirmedOrder(customer());
    awaitWholeStory(order);
    JsonNode paid =
        items(get("/api/events?key=" + order + "&type=sales.order.confirmed")).getFirst();
    String body =
        """
        {"type":"sales.order.confirmed","subject":"%s","data":%s}
        """;
    String counted = awaitCounted();

    String repeated =
        id(call(operations, "POST", "/api/events", body.formatted(order, paid.get("data"))));
    assertThat(
            call(
                    operations,
                    "POST",
                    "/api/events",
                    body.formatted(order, paid.get("data").toString().replace(order, randomId())))
                .status())
        .as("a fact about another order")
        .isIn(409, 422);

    await()
        .atMost(SOON)
        .until(() ->
            JdbcClient.create(operations.bean(DataSource.class))
                    .sql("select count(*) from messaging.event where id = ?::uuid")
                    .param(repeated)
                    .query(Integer.class)
                    .single()
                == 1);
    String later = confirmedOrder(customer());
    assertThat(later).isNotEqualTo(order);
    assertThat(Integer.parseInt(awaitCounted())).isEqualTo(Integer.parseInt(counted) + 1);
  }

  private static String randomId() {
    return UUID.randomUUID().toString();
  }

  /** The number of confirmed orders, once operations has caught up with sales. */
  private static String awaitCounted() {
    await()
        .atMost(SOON)
        .until(() ->
            counted("CONFIRMED")
                .equals(
                    JdbcClient.create(sales.bean(DataSource.class))
                        .sql("select count(*) from sales.order where status = 'CONFIRMED'")
                        .query(String.class)
                        .single()));
    return counted("CONFIRMED");
  }

  @Test
  void statistics_and_health_are_of_all_databases() {
    JsonNode statistics = get("/api/stats");
    Set<String> queues = new HashSet<>();
    statistics
        .get("queues")
        .forEach(queue -> queues.add(text(queue, "member") + "/" + text(queue, "subscription")));
    assertThat(queues)
        .contains(
            "/operations",
            "/relay",
            "sales/sales",
            "sales/relay",
            "inventory/inventory",
            "financial/financial",
            "customers/customers");
    assertThat(statistics.at("/members/inventory/processes").asInt()).isEqualTo(2);
    assertThat(statistics.at("/members/inventory/answering").asInt()).isEqualTo(1);
    assertThat(statistics.at("/members/sales/broker/answers").asBoolean()).isTrue();

    JsonNode health = get("/api/health");
    assertThat(health.get("modules").propertyNames())
        .contains(
            "sales",
            "inventory",
            "financial",
            "customers",
            "operations",
            "relay",
            "relay.sales",
            "intake.sales.queue",
            "processes.inventory");
    assertThat(health.at("/services/database.sales").asBoolean()).isTrue();
    assertThat(text(health.at("/modules/processes.inventory"), "status")).isEqualTo("degraded");
    assertThat(text(health.at("/modules/processes.inventory"), "reason"))
        .isEqualTo("1 of 2 processes do not answer");
    Reply stranger = operations.call("GET", "/api/health", null, null);
    assertThat(ok(stranger).body()).doesNotContain("do not answer");
  }

  @Test
  void integrity_compares_the_books_of_all_databases() {
    String order = confirmedOrder(customer());
    await().atMost(SOON).until(() -> agreement().path("inFlight").asInt() == 0);
    JsonNode agreed = get("/api/integrity");
    assertThat(agreed.get("ok").asBoolean()).as(agreed.toString()).isTrue();
    assertThat(agreement().get("checked").asInt()).isPositive();
    assertThat(names(agreed))
        .contains("inventory.stock-equals-ledger", "backbone.deliveries-add-up")
        .doesNotHaveDuplicates();

    falsify(order, "RELEASED");
    try {
      await().atMost(SOON).until(() -> agreement().path("violated").asInt() == 1);
      assertThat(agreement().get("violations").toString())
          .contains(order)
          .contains("its reservation is RELEASED");
      JsonNode report = get("/api/integrity");
      assertThat(report.get("ok").asBoolean()).isFalse();
      assertThat(report.toString()).contains("inventory: ");
    } finally {
      falsify(order, "CONFIRMED");
    }
  }

  private static void falsify(String order, String status) {
    JdbcClient.create(stock.bean(DataSource.class))
        .sql("update inventory.reservation set status = ? where order_id = ?::uuid")
        .params(status, order)
        .update();
  }

  private static JsonNode agreement() {
    return StreamSupport.stream(get("/api/integrity").get("checks").spliterator(), false)
        .filter(check -> text(check, "name").equals("orders.services-agree"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(JsonNode report) {
    return StreamSupport.stream(report.get("checks").spliterator(), false)
        .map(check -> text(check, "name"))
        .toList();
  }

  @Test
  void an_export_has_the_records_of_all_services() {
    String customer = customer();
    confirmedOrder(customer);
    JsonNode export = get("/api/customers/" + customer + "/export");

    Map<String, Integer> records = new HashMap<>();
    for (JsonNode part : export.get("parts")) {
      records.put(text(part, "name"), part.get("records").size());
    }
    assertThat(records)
        .containsOnlyKeys(
            "customer",
            "orders",
            "receivables",
            "returns",
            "notifications",
            "notification-preferences",
            "devices")
        .containsEntry("customer", 1)
        .containsEntry("orders", 1)
        .containsEntry("receivables", 1)
        .containsEntry("returns", 0); // messages come a moment later
    assertThat(get("/api/customers/" + customer + "/export?part=orders").get("parts").size())
        .isEqualTo(1);
    Reply unknown =
        call(operations, "GET", "/api/customers/" + customer + "/export?part=sins", null);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body()).contains("orders");
  }

  @Test
  void the_relay_of_another_database_is_set_back() {
    Reply set =
        call(operations, "POST", "/api/operations/relay/replay?database=sales", "{\"after\":0}");
    assertThat(ok(set).status()).isEqualTo(202);
    assertThat(
            call(operations, "POST", "/api/operations/relay/replay?database=moon", "{\"after\":0}")
                .status())
        .isEqualTo(400);
    assertThat(
            call(operations, "DELETE", "/api/operations/relay?database=inventory", null).status())
        .as("it runs")
        .isEqualTo(409);
  }

  @Test
  void the_topology_is_checked_by_every_process() {
    JsonNode topology = get("/api/topology");

    assertThat(topology.get("ok").asBoolean()).as(topology.toString()).isTrue();
    Map<String, Integer> checked = new HashMap<>();
    topology
        .get("checks")
        .forEach(check -> checked.put(text(check, "name"), check.get("checked").asInt()));
    assertThat(checked)
        .containsEntry("broker.answers", 5) // one for each process
        .containsEntry("catalogue.services-subscribe", 7); // one for each service that hears
  }

  @Test
  void the_live_feed_shows_the_events_of_all_databases() throws Exception {
    var frames = new ConcurrentLinkedQueue<String>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public @Nullable CompletionStage<?> onText(
              WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
              frames.add(text.toString());
              text.setLength(0);
            }
            socket.request(1);
            return null;
          }
        };
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://127.0.0.1:%d/ws/dashboard".formatted(operations.port())),
                  listener)
              .get();
      socket
          .sendText(
              "{\"type\":\"authenticate\",\"token\":\"%s\"}".formatted(customers.admin()), true)
          .get();
      await()
          .atMost(SOON)
          .until(() -> frames.stream().anyMatch(frame -> frame.contains("stats_update")));
      String order = confirmedOrder(customer());
      for (String type :
          List.of(
              "sales.order.confirmed", "inventory.stock.confirmed", "financial.payment.approved")) {
        await()
            .atMost(SOON)
            .until(() ->
                frames.stream()
                    .anyMatch(
                        frame -> frame.contains("\"" + type + "\"") && frame.contains(order)));
      }
      socket.abort();
    }
  }

  @Test
  void a_route_between_processes_takes_no_token_of_a_person() {
    for (Map.Entry<String, String> route :
        Map.of(
                "GET", "/internal/operations/stats",
                "POST", "/internal/operations/claims/keys")
            .entrySet()) {
      assertThat(call(sales, route.getKey(), route.getValue(), null).status()).isEqualTo(403);
    }
  }
}
