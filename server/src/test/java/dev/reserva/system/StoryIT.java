package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The everyday operations of a shop over HTTP. */
class StoryIT {

  private final Shop shop = SharedServer.get().shop();

  @Test
  void an_order_goes_from_placement_to_completed() {
    UUID customer = shop.customer();
    UUID laptop = shop.product("Laptop", 10, "1500.00");

    Shop.Reply placed = shop.place(customer, "tok_approve", List.of(item(laptop, 2))).expect(201);
    assertThat(placed.text("status")).isEqualTo("PENDING");
    assertThat(placed.header("Location")).isEqualTo("/api/orders/" + placed.id());

    JsonNode confirmed = shop.awaitStatus(placed.id(), "CONFIRMED");
    assertThat(confirmed.at("/total/amount").asString()).isEqualTo("3000.00");
    assertThat(confirmed.at("/reservation/status").asString()).isEqualTo("CONFIRMED");
    assertThat(confirmed.at("/payment/status").asString()).isEqualTo("SUCCEEDED");
    assertStock(laptop, 8, 0, 8);

    JsonNode shipment = shop.awaitShipment(placed.id());
    assertThat(shipment.path("status").asString()).isEqualTo("PREPARING");
    assertThat(shipment.path("openUnits").asInt()).isEqualTo(2);
    String path = "/api/shipments/" + shipment.path("id").asString();
    shop.post(path + "/dispatch", Map.of("carrier", "Correios")).expect(200);
    assertThat(shop.awaitStatus(placed.id(), "SHIPPED").at("/shipment/status").asString())
        .isEqualTo("DISPATCHED");
    shop.post(path + "/deliver", null).expect(200);
    shop.awaitStatus(placed.id(), "COMPLETED");
    assertThat(storyOf(placed.id()))
        .containsSubsequence(
            "sales.order.created",
            "inventory.stock.reserved",
            "sales.order.payment_pending",
            "financial.payment.approved",
            "sales.order.paid",
            "inventory.stock.confirmed",
            "sales.order.confirmed",
            "logistics.shipment.created",
            "logistics.shipment.dispatched",
            "sales.order.shipped",
            "logistics.shipment.delivered",
            "sales.order.delivered",
            "sales.order.completed");
    shop.assertIntegrity();
  }

  @Test
  void an_order_for_more_than_there_is_holds_nothing_and_is_cancelled() {
    UUID scarce = shop.product("Scarce", 3);
    UUID plenty = shop.product("Plenty", 100);
    UUID order =
        shop.place(shop.customer(), null, List.of(item(plenty, 5), item(scarce, 4)))
            .expect(201)
            .id();
    JsonNode cancelled = shop.awaitStatus(order, "CANCELLED");
    assertThat(cancelled.path("reason").asString()).isEqualTo("out_of_stock");
    assertStock(scarce, 3, 0, 3);
    assertStock(plenty, 100, 0, 100);
  }

  @Test
  void a_declined_payment_gives_the_stock_back() {
    UUID mouse = shop.product("Mouse", 5);
    UUID order =
        shop.place(shop.customer(), "tok_decline", List.of(item(mouse, 5))).expect(201).id();
    JsonNode cancelled = shop.awaitStatus(order, "CANCELLED");
    assertThat(cancelled.path("reason").asString()).isEqualTo("payment_failed");
    awaitStock(mouse, 5, 0);
  }

  @Test
  void a_buyer_sees_what_a_waiting_payment_needs_and_pays_by_another_method() {
    UUID mouse = shop.product("Mouse", 5, "100.00");
    Map<String, Object> body =
        new LinkedHashMap<>(Shop.order(shop.customer(), null, List.of(item(mouse, 1))));
    body.put("payment", Map.of("method", "boleto", "token", "tok_pending"));
    UUID order = shop.post("/api/orders", body).expect(201).id();

    Shop.Reply waiting =
        Shop.eventually(
            "the payment waits",
            () -> {
              Shop.Reply reply = shop.get("/api/orders/" + order).expect(200);
              return reply.body().has("payment") ? reply : null;
            });
    JsonNode payment = waiting.body().path("payment");
    assertThat(payment.path("status").asString()).isEqualTo("PROCESSING");
    assertThat(payment.path("method").asString()).isEqualTo("boleto");
    assertThat(payment.path("code").asString()).matches("[0-9]{47}");
    assertThat(payment.path("dueAt").asString())
        .as("no later than the stock is held")
        .isEqualTo(waiting.body().at("/reservation/expiresAt").asString());
    String seen = Objects.requireNonNull(waiting.header("ETag"));
    shop.send("GET", "/api/orders/" + order, null, Map.of("If-None-Match", seen)).expect(304);

    shop.post(
            "/api/payments/process",
            Map.of("orderId", order.toString(), "method", "credit_card", "token", "tok_approve"))
        .expect(202);
    JsonNode confirmed = shop.awaitStatus(order, "CONFIRMED");
    assertThat(confirmed.path("payment").propertyNames()).containsExactlyInAnyOrder("id", "status");
    assertThat(confirmed.at("/payment/id").asString()).isNotEqualTo(payment.path("id").asString());
    shop.send("GET", "/api/orders/" + order, null, Map.of("If-None-Match", seen)).expect(200);
    shop.post("/api/payments/process", Map.of("orderId", order.toString(), "method", "pix"))
        .expect(409);
    assertThat(storyOf(order))
        .containsSubsequence(
            "financial.payment.pending",
            "financial.payment.cancelled",
            "financial.payment.approved",
            "sales.order.confirmed");
    shop.assertIntegrity();
  }

  @Test
  void a_cancellation_after_payment_refunds_and_returns_the_goods() {
    UUID keyboard = shop.product("Keyboard", 4, "100.00");
    UUID order =
        shop.place(shop.customer(), "tok_approve", List.of(item(keyboard, 3))).expect(201).id();
    shop.awaitStatus(order, "CONFIRMED");
    assertStock(keyboard, 1, 0, 1);
    Shop.Reply cancelled =
        shop.delete("/api/orders/" + order, Map.of("reason", "changed my mind")).expect(202);
    assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
    awaitStock(keyboard, 4, 0);
    Shop.eventually(
        "the payment is refunded whole",
        () -> {
          JsonNode payment =
              shop.get("/api/payments?orderId=" + order).expect(200).body().at("/items/0");
          return payment.path("status").asString().equals("REFUNDED")
                  && payment.at("/refunded/amount").asString().equals("300.00")
              ? payment
              : null;
        });
    shop.delete("/api/orders/" + order, null).expect(409);
    shop.assertIntegrity();
  }

  @Test
  void the_same_idempotency_key_makes_one_order() {
    UUID product = shop.product("Once", 10);
    Map<String, Object> body = Shop.order(shop.customer(), null, List.of(item(product, 1)));
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    Shop.Reply first = shop.post("/api/orders", body, key).expect(201);
    Shop.Reply again = shop.post("/api/orders", body, key).expect(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(first.body());
    shop.post("/api/orders", Shop.order(shop.customer(), null, List.of(item(product, 2))), key)
        .expect(422);
    shop.awaitStatus(first.id(), "CONFIRMED");
    assertStock(product, 9, 0, 9);
  }

  @Test
  void prefer_wait_answers_with_the_confirmed_order() {
    UUID product = shop.product("Quick", 1);
    Shop.Reply placed =
        shop.post(
                "/api/orders",
                Shop.order(shop.customer(), null, List.of(item(product, 1))),
                Map.of("Prefer", "wait=30"))
            .expect(201);
    assertThat(placed.text("status")).isEqualTo("CONFIRMED");
  }

  @Test
  void a_dead_letter_is_repaired_and_its_key_goes_on() {
    UUID product = shop.product("Drill", 1, "99.00");
    String sku = shop.productNow(product).path("sku").asString();
    Map<String, Object> broken =
        Map.of(
            "type", "inventory.product.created",
            "subject", product.toString(),
            "data", Map.of("productId", product.toString(), "sku", sku, "name", "Drill"));
    shop.post("/api/events?check=false", broken).expect(202);
    JsonNode letter =
        Shop.eventually(
            "the broken event becomes a dead letter",
            () ->
                shop.all("/api/dlq").stream()
                    .filter(l -> l.at("/event/subject").asString().equals(product.toString()))
                    .findFirst()
                    .orElse(null));
    String path = "/api/dlq/" + letter.path("id").asString();
    shop.post(path + "/retry", Map.of("data", Map.of("sku", "incomplete"))).expect(422);
    Map<String, Object> repaired =
        Map.of(
            "productId",
            product.toString(),
            "sku",
            sku,
            "name",
            "Drill",
            "price",
            Shop.money("99.00"),
            "active",
            true);
    shop.post(path + "/retry", Map.of("data", repaired)).expect(202);
    Shop.eventually(
        "the repaired event is handled",
        () -> shop.get(path).body().path("status").asString().equals("RESOLVED") ? true : null);
    shop.post(path + "/retry", null).expect(409);
  }

  @Test
  void every_answer_carries_the_correlation_of_its_request_and_so_do_its_events() {
    UUID product = shop.product("Traced", 1);
    String correlation = "test-" + UUID.randomUUID();
    Shop.Reply placed =
        shop.post(
                "/api/orders",
                Shop.order(shop.customer(), null, List.of(item(product, 1))),
                Map.of("X-Correlation-Id", correlation))
            .expect(201);
    assertThat(placed.header("X-Correlation-Id")).isEqualTo(correlation);
    shop.awaitStatus(placed.id(), "CONFIRMED");
    List<JsonNode> events = shop.all("/api/events?key=" + placed.id());
    assertThat(events).hasSizeGreaterThan(5);
    assertThat(events)
        .allMatch(event -> event.path("correlationid").asString().equals(correlation));
  }

  private List<String> storyOf(UUID order) {
    List<String> types = new ArrayList<>();
    shop.get("/api/orders/" + order + "/history")
        .expect(200)
        .body()
        .path("items")
        .forEach(entry -> types.add(entry.path("type").asString()));
    return types;
  }

  private void assertStock(UUID product, int stock, int reserved, int available) {
    JsonNode now = shop.productNow(product);
    assertThat(
            List.of(
                now.path("stock").asInt(),
                now.path("reserved").asInt(),
                now.path("available").asInt()))
        .containsExactly(stock, reserved, available);
  }

  private void awaitStock(UUID product, int stock, int reserved) {
    Shop.eventually(
        "stock %d, reserved %d".formatted(stock, reserved),
        () -> {
          JsonNode now = shop.productNow(product);
          return now.path("stock").asInt() == stock && now.path("reserved").asInt() == reserved
              ? now
              : null;
        });
  }
}
