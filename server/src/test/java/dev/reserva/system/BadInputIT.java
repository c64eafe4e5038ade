package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends every command with each field missing, of the wrong type, out of range and hostile. The
 * answer is never a 5xx. A refusal is a problem document, and changes nothing.
 */
class BadInputIT {

  private final Shop shop = SharedServer.get().shop();

  /** A command that is valid and would be accepted. */
  private record Command(String method, String path, JsonNode body) {}

  private static final List<String> HOSTILE =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "99999999999999999999",
          "2147483648",
          "\"\"",
          "\" \"",
          "\"text\"",
          "\"NaN\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"" + "x".repeat(20_000) + "\"",
          "\"'; drop table sales.orders; --\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "[]",
          "[null]",
          "[[]]",
          "{}",
          "{\"amount\":\"-1.00\",\"currency\":\"BRL\"}",
          "{\"amount\":\"1.001\",\"currency\":\"BRL\"}",
          "{\"amount\":\"1e999999\",\"currency\":\"BRL\"}",
          "{\"amount\":\"1.00\",\"currency\":\"ZZZ\"}");

  @Test
  void no_hostile_field_of_any_command_causes_a_5xx_or_a_change() {
    UUID product = shop.product("Target", 100);
    UUID customer = shop.customer();
    UUID order = shop.place(customer, null, List.of(item(product, 1))).expect(201).id();
    shop.awaitStatus(order, "CONFIRMED");
    String payment = Objects.requireNonNull(paymentOf(order));
    // The payment is not captured, so a refund of it changes nothing, whatever its fields are.
    UUID waiting = shop.place(customer, "tok_pending", List.of(item(product, 1))).expect(201).id();
    shop.awaitStatus(waiting, "PENDING_PAYMENT");
    String uncaptured = Shop.eventually("the payment waits", () -> paymentOf(waiting));

    UUID shipping = shop.place(customer, null, List.of(item(product, 1))).expect(201).id();
    shop.awaitStatus(shipping, "CONFIRMED");
    String shipment = "/api/shipments/" + shop.awaitShipment(shipping).path("id").asString();

    int sent = 0;
    List<Command> commands =
        new ArrayList<>(commands(product, customer, order, payment, uncaptured));
    commands.add(
        new Command(
            "POST",
            shipment + "/dispatch",
            tree(Map.of("carrier", "C", "trackingCode", "T", "lines", List.of(item(product, 1))))));
    String returns = "/api/orders/" + order + "/returns";
    JsonNode goods =
        tree(
            Map.of(
                "items",
                List.of(item(product, 1)),
                "restock",
                true,
                "location",
                "MAIN",
                "reason",
                "R"));
    commands.add(new Command("POST", returns, goods));
    commands.add(
        new Command(
            "POST",
            "/api/notifications/email",
            tree(
                Map.of(
                    "recipient",
                    "maria@example.org",
                    "template",
                    "order-paid",
                    "data",
                    Map.of("amount", "10")))));
    for (Command command : commands) {
      for (String body : mutations(command.body())) {
        List<String> before = state(product, customer, order, payment, shipment);
        Shop.Reply reply = shop.send(command.method(), command.path(), body, Map.of());
        sent++;
        assertThat(reply.status())
            .as(
                "%s %s %s -> %s",
                command.method(), command.path(), brief(body), reply.response().body())
            .isLessThan(500);
        if (reply.status() < 400) {
          awaitQuiet(reply);
        }
        if (reply.status() >= 400) {
          assertProblem(reply);
          assertThat(state(product, customer, order, payment, shipment))
              .as("refused, so unchanged: %s %s %s", command.method(), command.path(), brief(body))
              .isEqualTo(before);
        }
      }
    }
    assertThat(sent).isGreaterThan(1_000);
    shop.assertIntegrity();
  }

  @Test
  void a_body_that_is_not_json_of_another_media_type_or_too_large_is_refused_as_such() {
    for (String body :
        List.of(
            "",
            "{",
            "nonsense",
            "[1,2",
            "\"text\"",
            "{\"a\":1}{",
            "\u0000",
            "{\"items\":".repeat(2_000))) {
      Shop.Reply reply = shop.send("POST", "/api/orders", body, Map.of());
      assertThat(reply.status()).as(brief(body)).isEqualTo(400);
      assertProblem(reply);
    }
    assertProblem(
        shop.send("POST", "/api/orders", "<order/>", Map.of("Content-Type", "application/xml"))
            .expect(415));
    assertProblem(
        shop.send("POST", "/api/orders", "{\"x\":\"" + "y".repeat(1 << 20) + "\"}", Map.of())
            .expect(413));
    assertProblem(shop.send("PATCH", "/api/orders", "{}", Map.of()).expect(405));
  }

  @Test
  void unknown_and_repeated_fields_are_named() {
    UUID product = shop.product("Strict", 1);
    Map<String, Object> order =
        new LinkedHashMap<>(Shop.order(shop.customer(), null, List.of(item(product, 1))));
    order.put("discount", 5);
    Shop.Reply unknown = shop.post("/api/orders", order).expect(400);
    assertThat(unknown.response().body()).contains("discount");
    shop.post("/api/orders", "{\"items\":[],\"items\":[]}").expect(400);
  }

  @Test
  void ill_formed_ids_cursors_limits_and_filters_are_refused() {
    for (String path :
        List.of(
            "/api/orders/1",
            "/api/orders/%00",
            "/api/orders?limit=0",
            "/api/orders?limit=201",
            "/api/orders?limit=ten",
            "/api/orders?cursor=nowhere",
            "/api/orders?status=LOST",
            "/api/orders?customerId=me",
            "/api/orders?from=yesterday",
            "/api/inventory/products/x",
            "/api/inventory/reservations?status=HELD",
            "/api/payments?status=PAID",
            "/api/shipments?status=PAID",
            "/api/shipments?orderId=x",
            "/api/shipments/x",
            "/api/notifications?status=LOST",
            "/api/notifications?type=fax",
            "/api/notifications?orderId=x",
            "/api/shipments/picking-list?limit=0",
            "/api/returns?status=LOST",
            "/api/returns?orderId=x",
            "/api/returns?limit=0",
            "/api/returns/x",
            "/api/events?after=-1",
            "/api/events?key=none",
            "/api/dlq?cursor=x")) {
      Shop.Reply reply = shop.get(path);
      assertThat(reply.status()).as(path + " " + reply.response().body()).isEqualTo(400);
    }
    shop.get("/api/orders/" + UUID.randomUUID()).expect(404);
    shop.get("/api/nothing/here").expect(404);
  }

  @Test
  void a_price_in_a_currency_that_does_not_circulate_is_refused() {
    UUID product = shop.product("Circulating", 5);
    for (String currency : List.of("XXX", "XTS", "XAU", "DEM")) {
      Map<String, Object> price = Map.of("amount", "5", "currency", currency);
      Shop.Reply created =
          shop.post(
              "/api/inventory/products",
              Map.of("sku", currency, "name", "Bar", "stock", 5, "price", price));
      Shop.Reply changed = shop.put("/api/inventory/products/" + product, Map.of("price", price));
      for (Shop.Reply refused : List.of(created, changed)) {
        assertProblem(refused.expect(400));
        assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/price");
        assertThat(refused.body().at("/errors/0/message").asString())
            .contains("currency in circulation", currency);
      }
    }
  }

  @Test
  void what_is_well_formed_but_impossible_is_422() {
    UUID product = shop.product("Possible", 5);
    UUID customer = shop.customer();
    assertProblem(shop.place(customer, null, List.of(item(UUID.randomUUID(), 1))).expect(422));
    assertProblem(shop.place(UUID.randomUUID(), null, List.of(item(product, 1))).expect(422));
    Shop.Reply dollars =
        shop.post(
                "/api/inventory/products",
                Map.of(
                    "sku",
                    "USD-" + UUID.randomUUID(),
                    "name",
                    "Imported",
                    "stock",
                    5,
                    "price",
                    Map.of("amount", "5.00", "currency", "USD")))
            .expect(201);
    assertProblem(
        shop.place(customer, null, List.of(item(product, 1), item(dollars.id(), 1))).expect(422));
    shop.delete("/api/customers/" + customer, null);
    Map<String, Object> draft =
        new LinkedHashMap<>(Shop.order(customer, null, List.of(item(product, 1))));
    draft.put("draft", true);
    Shop.eventually(
        "an inactive customer may not order",
        () -> shop.post("/api/orders", draft).status() == 422 ? true : null);
    assertThat(shop.productNow(product).path("reserved").asInt()).isZero();
  }

  private static List<Command> commands(
      UUID product, UUID customer, UUID order, String payment, String uncaptured) {
    return List.of(
        new Command("POST", "/api/orders", Shop.JSON.valueToTree(fullOrder(product, customer))),
        new Command(
            "PUT",
            "/api/orders/" + order + "/status",
            tree(Map.of("status", "PENDING", "reason", "x"))),
        new Command(
            "PUT",
            "/api/orders/" + order,
            tree(
                Map.of(
                    "items",
                    List.of(item(product, 1)),
                    "payment",
                    Map.of("method", "pix", "token", "t"),
                    "shippingAddress",
                    "Rua 1"))),
        new Command(
            "POST",
            "/api/orders/" + order + "/submit",
            tree(Map.of("expectedTotal", Shop.money("1.00")))),
        new Command(
            "POST",
            "/api/inventory/products",
            tree(
                Map.of(
                    "sku",
                    "S",
                    "name",
                    "N",
                    "description",
                    "D",
                    "category",
                    "C",
                    "price",
                    Shop.money("1.00"),
                    "stock",
                    1,
                    "minStock",
                    1))),
        new Command(
            "PUT",
            "/api/inventory/products/" + product,
            tree(Map.of("name", "N", "price", Shop.money("1.00"), "minStock", 1))),
        new Command(
            "PATCH", "/api/inventory/products/" + product + "/stock", tree(Map.of("stock", 100))),
        new Command(
            "POST",
            "/api/inventory/stock/add",
            tree(Map.of("productId", product.toString(), "quantity", 1, "reason", "r"))),
        new Command(
            "POST",
            "/api/inventory/stock/reserve",
            tree(
                Map.of(
                    "orderId",
                    UUID.randomUUID().toString(),
                    "items",
                    List.of(item(product, 1)),
                    "ttlSeconds",
                    3600))),
        new Command(
            "POST",
            "/api/payments/process",
            tree(Map.of("orderId", order.toString(), "method", "pix", "token", "tok_approve"))),
        new Command(
            "PUT", "/api/payments/" + payment + "/status", tree(Map.of("status", "SUCCEEDED"))),
        new Command(
            "POST",
            "/api/payments/" + uncaptured + "/refund",
            tree(Map.of("amount", Shop.money("999999.00"), "reason", "r"))),
        new Command(
            "POST",
            "/api/customers",
            tree(
                Map.of(
                    "name",
                    "N",
                    "email",
                    "e@example.org",
                    "phone",
                    "+5511999999999",
                    "language",
                    "pt",
                    "password",
                    "a long password"))),
        new Command(
            "PUT",
            "/api/customers/" + customer,
            tree(
                Map.of(
                    "name",
                    "N",
                    "email",
                    customer + "@example.org",
                    "phone",
                    "+5511999999999",
                    "language",
                    "pt"))),
        new Command(
            "POST",
            "/api/events",
            tree(
                Map.of(
                    "type",
                    "sales.order.created",
                    "subject",
                    order.toString(),
                    "key",
                    order.toString(),
                    "data",
                    Map.of("orderId", "x")))),
        new Command(
            "POST",
            "/api/dlq/retry",
            tree(Map.of("subscription", "s", "eventType", "t", "errorType", "e"))),
        new Command("POST", "/api/auth/token", tree(Map.of("username", "u", "password", "p"))));
  }

  private static Map<String, Object> fullOrder(UUID product, UUID customer) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("customerId", customer.toString());
    order.put("items", List.of(item(product, 1)));
    order.put("payment", Map.of("method", "credit_card", "token", "tok_approve"));
    order.put("shippingAddress", "Rua das Flores 1");
    order.put("draft", true);
    return order;
  }

  private static JsonNode tree(Object value) {
    return Shop.JSON.valueToTree(value);
  }

  /** The body with each of its values in turn left out, and replaced by everything hostile. */
  private static List<String> mutations(JsonNode body) {
    List<String> mutations = new ArrayList<>();
    for (String pointer : pointers("", body)) {
      JsonNode parent = body.at(pointer.substring(0, pointer.lastIndexOf('/')));
      String field = pointer.substring(pointer.lastIndexOf('/') + 1);
      if (parent instanceof ObjectNode) {
        JsonNode copy = body.deepCopy();
        ((ObjectNode) copy.at(pointer.substring(0, pointer.lastIndexOf('/')))).remove(field);
        mutations.add(copy.toString());
      }
      for (String hostile : HOSTILE) {
        // As text, because a tree cannot hold an invalid value.
        JsonNode copy = body.deepCopy();
        JsonNode owner = copy.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String mark = "@@hostile@@";
        switch (owner) {
          case ObjectNode object -> object.put(field, mark);
          case ArrayNode array -> array.set(Integer.parseInt(field), mark);
          default -> throw new IllegalStateException(pointer);
        }
        mutations.add(copy.toString().replace("\"" + mark + "\"", hostile));
      }
    }
    return mutations;
  }

  private static List<String> pointers(String prefix, JsonNode node) {
    List<String> found = new ArrayList<>();
    if (node.isObject()) {
      node.properties()
          .forEach(field -> {
            found.add(prefix + "/" + field.getKey());
            found.addAll(pointers(prefix + "/" + field.getKey(), field.getValue()));
          });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        found.add(prefix + "/" + i);
        found.addAll(pointers(prefix + "/" + i, node.get(i)));
      }
    }
    return found;
  }

  /**
   * Accepted commands have asynchronous effects. The next comparison begins after they have ended.
   */
  private void awaitQuiet(Shop.Reply accepted) {
    if (accepted.body().has("correlationId")
        && !accepted.text("status").equals("DRAFT")
        && !accepted.text("customerId").isEmpty()) {
      shop.settled(accepted.id());
    }
    shop.awaitNoLag();
  }

  private @Nullable String paymentOf(UUID order) {
    JsonNode id = shop.get("/api/payments?orderId=" + order).expect(200).body().at("/items/0/id");
    return id.isMissingNode() ? null : id.asString();
  }

  /** The state that a refused command must not change. */
  private List<String> state(
      UUID product, UUID customer, UUID order, String payment, String shipment) {
    return List.of(
        shop.get(shipment).expect(200).body().toString(),
        shop.productNow(product).toString(),
        shop.order(order).toString(),
        shop.get("/api/payments/" + payment).expect(200).body().toString(),
        shop.get("/api/customers/" + customer).expect(200).body().toString(),
        shop.get("/api/orders?limit=1&customerId=" + customer).expect(200).body().toString());
  }

  private static void assertProblem(Shop.Reply reply) {
    assertThat(reply.header("Content-Type"))
        .as(reply.response().body())
        .startsWith("application/problem+json");
    assertThat(reply.body().path("type").asString()).startsWith("/problems/");
    assertThat(reply.body().path("status").asInt()).isEqualTo(reply.status());
    for (String member : List.of("title", "detail", "instance", "traceId")) {
      assertThat(reply.body().has(member)).as(member + " of " + reply.body()).isTrue();
    }
    for (JsonNode error :
        reply.status() == 400 ? reply.body().path("errors") : List.<JsonNode>of()) {
      assertThat(error.path("message").asString()).matches("(?s)\\S.* (must|is|needs|could) .+");
    }
    assertThat(reply.response().body())
        .doesNotContain(
            "Exception",
            "\tat ",
            "org.springframework",
            "dev.reserva",
            "org.postgresql",
            "select ",
            "insert into");
  }

  private static String brief(String body) {
    return body.length() > 200 ? body.substring(0, 200) + "…" : body;
  }
}
