package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestReserva;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Orders as the whole system sees them: their timelines, and those that are stuck. */
class TimelineIT {

  private static final String HOOK = "https://hooks.invalid/reserva";

  private static TestReserva server;
  private static Shop shop;

  @BeforeAll
  static void start() {
    server = TestReserva.start("", null, "reserva.financial.tries=2");
    shop = login("admin", TestReserva.ADMIN_PASSWORD);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Shop login(String username, String password) {
    return Shop.login(URI.create("http://127.0.0.1:" + server.port()), username, password);
  }

  private static List<JsonNode> timeline(UUID order) {
    return shop.all("/api/orders/" + order + "/timeline");
  }

  private static String text(JsonNode item, String member) {
    return item.path(member).asString("");
  }

  private static int place(List<JsonNode> items, String kind, String type) {
    return place(items, it -> text(it, "kind").equals(kind) && text(it, "type").equals(type));
  }

  private static int place(List<JsonNode> items, Predicate<JsonNode> wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (wanted.test(items.get(i))) {
        return i;
      }
    }
    throw new AssertionError("nothing like that in " + items);
  }

  private static List<String> ofKind(List<JsonNode> items, String kind) {
    return items.stream()
        .filter(it -> text(it, "kind").equals(kind))
        .map(it -> text(it, "type"))
        .toList();
  }

  private static Set<String> kinds(List<JsonNode> items) {
    return items.stream()
        .map(it -> text(it, "kind"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void an_order_from_a_declined_payment_to_its_delivery_is_on_one_page() {
    String hook =
        "/api/webhooks/"
            + shop.post("/api/webhooks", Map.of("url", HOOK, "types", List.of("sales.order.*")))
                .expect(201)
                .id();
    UUID product = shop.product("Told", 10);
    UUID order =
        shop.place(shop.customer(), "tok_decline", List.of(item(product, 2))).expect(201).id();
    Shop.eventually(
        "the payment fails",
        () -> shop.order(order).at("/payment/status").asString("").equals("FAILED") ? true : null);
    assertThat(stuck(order)).as("it is young").isEmpty();
    shop.post(
            "/api/payments/process",
            Map.of(
                "orderId", order.toString(),
                "method", "credit_card",
                "token", "tok_flaky_1"))
        .expect(202);
    shop.awaitStatus(order, "CONFIRMED");
    String shipment = "/api/shipments/" + text(shop.awaitShipment(order), "id");
    shop.post(shipment + "/dispatch", Map.of("carrier", "Post")).expect(200);
    shop.post(shipment + "/deliver", null).expect(200);
    shop.awaitStatus(order, "COMPLETED");

    List<JsonNode> items =
        Shop.eventually(
            "operations and notifications have told all",
            () -> {
              List<JsonNode> found = timeline(order);
              return ofKind(found, "command").size() >= 4
                      && sent(found)
                          .containsAll(
                              List.of(
                                  "sales.order.confirmed",
                                  "logistics.shipment.dispatched",
                                  "sales.order.delivered"))
                      && ofKind(found, "webhook").contains("sales.order.delivered")
                  ? found
                  : null;
            });

    assertThat(kinds(items))
        .containsExactlyInAnyOrder(
            "command", "event", "stock", "payment", "shipment", "notification", "webhook");
    assertThat(ofKind(items, "command"))
        .containsExactly(
            "sales.order.place",
            "financial.payment.process",
            "logistics.shipment.dispatch",
            "logistics.shipment.deliver");
    assertThat(items)
        .filteredOn(it -> text(it, "kind").equals("command"))
        .allSatisfy(it -> {
          assertThat(text(it, "actor")).isEqualTo("admin");
          assertThat(text(it, "service")).isNotEqualTo("operations");
          assertThat(it.toString()).doesNotContain("127.0.0.1");
        });
    assertThat(ofKind(items, "stock"))
        .containsExactly("inventory.stock.reserved", "inventory.stock.confirmed");
    assertThat(ofKind(items, "payment"))
        .containsExactly(
            "financial.payment.requested",
            "financial.payment.failed",
            "financial.payment.requested",
            "financial.payment.approved");
    assertThat(ofKind(items, "shipment"))
        .containsExactly(
            "logistics.shipment.created",
            "logistics.shipment.dispatched",
            "logistics.shipment.delivered");
    assertThat(
            List.of(
                place(items, "command", "sales.order.place"),
                place(items, "event", "sales.order.created"),
                place(items, "event", "inventory.stock.reserved"),
                place(items, "event", "sales.order.payment_pending"),
                place(items, "payment", "financial.payment.failed"),
                place(items, "command", "financial.payment.process"),
                place(items, "payment", "financial.payment.approved"),
                place(items, "event", "sales.order.paid"),
                place(items, "event", "sales.order.confirmed"),
                place(items, "event", "logistics.shipment.created"),
                place(items, "command", "logistics.shipment.dispatch"),
                place(items, "event", "logistics.shipment.dispatched"),
                place(items, "event", "sales.order.shipped"),
                place(items, "command", "logistics.shipment.deliver"),
                place(items, "event", "logistics.shipment.delivered"),
                place(items, "event", "sales.order.delivered"),
                place(items, "event", "sales.order.completed")))
        .isSorted();
    assertCausesComeFirst(items);
    JsonNode refused = items.get(place(items, "payment", "financial.payment.failed"));
    assertThat(text(refused, "summary")).contains("failed by provider");
    assertThat(refused.at("/data/amount/amount").asString()).isEqualTo("20.00");
    assertThat(refused.toString()).doesNotContain("tok_decline");
    JsonNode reserved = items.get(place(items, "stock", "inventory.stock.reserved"));
    assertThat(reserved.at("/data/reservedChange").asInt()).isEqualTo(2);
    assertThat(text(reserved, "service")).isEqualTo("inventory");

    assertThat(named(paged(order, 3))).isEqualTo(named(items));
    shop.delete(hook, null).expect(204);
    shop.assertIntegrity();
  }

  /** The facts that the buyer was told. A message that is sent moves from when it was made. */
  private static List<String> sent(List<JsonNode> items) {
    return items.stream()
        .filter(it -> text(it, "kind").equals("notification"))
        .filter(it -> it.at("/data/status").asString("").equals("SENT"))
        .map(it -> text(it, "type"))
        .toList();
  }

  /** Without what still changes, such as the attempts of deliveries. */
  private static List<String> named(List<JsonNode> items) {
    return items.stream().map(it -> text(it, "type") + " " + text(it, "id")).toList();
  }

  private static void assertCausesComeFirst(List<JsonNode> items) {
    for (int i = 0; i < items.size(); i++) {
      String cause = text(items.get(i), "causationId");
      int effect = i;
      if (!cause.isEmpty()) {
        assertThat(place(items, it -> text(it, "id").equals(cause)))
            .as(items.get(i).toString())
            .isLessThan(effect);
      }
    }
  }

  private static List<JsonNode> paged(UUID order, int limit) {
    String path = "/api/orders/" + order + "/timeline?limit=" + limit;
    List<JsonNode> all = new ArrayList<>();
    String next = path;
    while (next != null) {
      JsonNode page = shop.get(next).expect(200).body();
      assertThat(page.path("truncated").asBoolean()).isFalse();
      page.path("items").forEach(all::add);
      next = page.path("nextCursor").isNull() ? null : path + "&cursor=" + text(page, "nextCursor");
    }
    return all;
  }

  private static List<JsonNode> stuck(UUID order) {
    return shop.all("/api/orders/stuck").stream()
        .filter(it -> it.at("/order/id").asString().equals(order.toString()))
        .toList();
  }

  @Test
  void an_order_behind_a_dead_letter_is_stuck_until_it_is_settled() {
    UUID product = shop.product("Stuck", 10);
    UUID order =
        shop.place(shop.customer(), "tok_pending", List.of(item(product, 1))).expect(201).id();
    shop.awaitStatus(order, "PENDING_PAYMENT");
    UUID poison =
        shop.post(
                "/api/events?check=false",
                Map.of(
                    "type", "sales.order.paid",
                    "subject", order.toString(),
                    "key", order.toString(),
                    "data", Map.of("no", "order")))
            .expect(202)
            .id();
    String letter =
        Shop.eventually(
            "inventory gives it up",
            () ->
                shop.all("/api/dlq").stream()
                    .filter(it -> text(it, "subscription").equals("inventory"))
                    .filter(it -> it.at("/event/id").asString().equals(poison.toString()))
                    .map(it -> text(it, "id"))
                    .findFirst()
                    .orElse(null));

    JsonNode found =
        Shop.eventually(
            "the order is stuck behind a dead letter of inventory",
            () ->
                stuck(order).stream()
                    .filter(it -> it.at("/blockedBy/kind").asString("").equals("dead_letter"))
                    .findFirst()
                    .orElse(null));

    assertThat(found.path("order")).isEqualTo(shop.order(order));
    assertThat(found.at("/blockedBy/eventId").asString()).isEqualTo(poison.toString());
    assertThat(found.at("/blockedBy/eventType").asString()).isEqualTo("sales.order.paid");
    String named = found.at("/blockedBy/id").asString();
    assertThat(text(found, "remedy")).contains("retry dead letter " + named);
    assertThat(text(found, "waitsFor"))
        .contains("sales.order.paid", found.at("/blockedBy/subscription").asString());
    assertThat(found.has("until")).isTrue();
    shop.get("/api/dlq/" + named).expect(200);
    JsonNode page = shop.get("/api/orders/stuck?limit=1").expect(200).body();
    assertThat(page.path("items").size()).isLessThanOrEqualTo(1);

    shop.post("/api/dlq/" + letter + "/retry", null).expect(202);
    List<JsonNode> items =
        Shop.eventually(
            "it failed again, and the command is on record",
            () -> {
              List<JsonNode> told = timeline(order);
              return ofKind(told, "command").contains("operations.dead_letter.retry")
                      && gaveUp(told, letter) >= 2
                  ? told
                  : null;
            });
    assertThat(
            List.of(
                place(items, it -> text(it, "id").equals(poison.toString())),
                place(items, it -> isOf(it, letter, "operations.message.dead_lettered")),
                place(items, it -> isOf(it, letter, "operations.message.retried"))))
        .isSorted();
    JsonNode retried =
        items.get(place(items, it -> isOf(it, letter, "operations.message.retried")));
    assertThat(text(retried, "kind")).isEqualTo("retry");
    assertThat(text(retried, "actor")).isEqualTo("admin");
    assertThat(
            text(items.get(place(items, it -> text(it, "id").equals(poison.toString()))), "actor"))
        .isEqualTo("admin");

    discardAll(poison);
    Shop.eventually("it is no longer stuck", () -> stuck(order).isEmpty() ? true : null);
    shop.delete("/api/orders/" + order, Map.of("reason", "a drill")).expect(202);
    shop.awaitStatus(order, "CANCELLED");
    shop.assertIntegrity();
  }

  private static boolean isOf(JsonNode item, String letter, String type) {
    return text(item, "id").equals(letter) && text(item, "type").equals(type);
  }

  private static long gaveUp(List<JsonNode> items, String letter) {
    return items.stream()
        .filter(it -> isOf(it, letter, "operations.message.dead_lettered"))
        .count();
  }

  private static void discardAll(UUID event) {
    shop.awaitNoLag();
    for (JsonNode letter : shop.all("/api/dlq")) {
      if (letter.at("/event/id").asString().equals(event.toString())) {
        shop.delete("/api/dlq/" + text(letter, "id"), Map.of("reason", "a drill")).expect(202);
      }
    }
  }

  @Test
  void an_order_past_half_of_its_deadline_says_what_it_waits_for() {
    try (TestReserva hasty =
        TestReserva.start("", null, "reserva.sales.deadlines.pending-payment=10m")) {
      Shop own =
          Shop.login(
              URI.create("http://127.0.0.1:" + hasty.port()), "admin", TestReserva.ADMIN_PASSWORD);
      UUID product = own.product("Slow", 10);
      UUID order =
          own.place(own.customer(), "tok_pending", List.of(item(product, 1))).expect(201).id();
      Shop.eventually(
          "the payment waits for the buyer", () -> own.order(order).has("payment") ? true : null);
      assertThat(own.all("/api/orders/stuck")).isEmpty();
      JdbcClient.create(hasty.bean(DataSource.class))
          .sql(
              "update sales.order set updated_at = updated_at - interval '6 minutes',"
                  + " under_way_since = under_way_since - interval '6 minutes'")
          .update();

      JsonNode found = own.all("/api/orders/stuck").getFirst();

      assertThat(found.at("/order/id").asString()).isEqualTo(order.toString());
      assertThat(text(found, "waitsFor")).isEqualTo("It waits for the buyer to pay.");
      assertThat(text(found, "remedy")).startsWith("Remind the buyer to pay");
      assertThat(found.has("blockedBy")).isFalse();
      assertThat(text(found, "until")).isGreaterThan(text(found, "since"));
    }
  }

  @Test
  void bad_questions_are_refused() {
    shop.get("/api/orders/" + UUID.randomUUID() + "/timeline").expect(404);
    shop.get("/api/orders/none/timeline").expect(400);
    shop.get("/api/orders/" + UUID.randomUUID() + "/timeline?limit=0").expect(400);
    shop.get("/api/orders/" + UUID.randomUUID() + "/timeline?cursor=x").expect(400);
    shop.get("/api/orders/stuck?limit=201").expect(400);
    shop.get("/api/orders/stuck?cursor=x").expect(400);
    shop.get("/api/orders/stuck?status=PAID").expect(400);
  }

  @Test
  void a_draft_has_a_timeline_with_its_command() {
    UUID product = shop.product("Draft", 1);
    Map<String, Object> body =
        new LinkedHashMap<>(Shop.order(shop.customer(), null, List.of(item(product, 1))));
    body.put("draft", true);
    UUID draft = shop.post("/api/orders", body).expect(201).id();

    Shop.eventually(
        "its command is on record",
        () ->
            ofKind(timeline(draft), "command").equals(List.of("sales.order.place")) ? true : null);
  }
}
