package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static dev.reserva.system.Shop.money;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Returns over HTTP, with the stock and the money that follow from them. */
class ReturnsIT {

  private static final int OPERATORS = 20;
  private static final int ROUNDS = 5;

  private final Shop shop = SharedServer.get().shop();

  @Test
  void single_units_come_back_into_stock_and_their_price_goes_back() {
    UUID mug = shop.product("Mug", 10);
    UUID mat = shop.product("Mat", 10);
    UUID order = completed(item(mug, 3), item(mat, 1));

    Shop.Reply requested =
        shop.post(returnsOf(order), Map.of("items", List.of(item(mug, 2)), "reason", "too small"))
            .expect(201);
    assertThat(requested.body().at("/refund/amount").asString()).isEqualTo("20.00");
    String goods = path(requested.id());
    assertThat(requested.response().headers().firstValue("Location")).contains(goods);
    shop.post(goods + "/approve", null).expect(200);
    shop.post(goods + "/receive", null).expect(200);

    JsonNode refunded = awaitRefunded(goods);
    assertThat(refunded.at("/refunded/amount").asString()).isEqualTo("20.00");
    assertThat(shop.productNow(mug).path("stock").asInt()).isEqualTo(9);
    assertThat(shop.order(order).path("status").asString()).isEqualTo("COMPLETED");
    assertThat(shop.order(order).at("/payment/status").asString()).isEqualTo("PARTIALLY_REFUNDED");
    assertThat(shop.all(returnsOf(order))).hasSize(1);
    assertThat(shop.all("/api/orders/" + order + "/history"))
        .extracting(entry -> entry.path("type").asString())
        .contains(
            "sales.return.requested",
            "sales.return.approved",
            "sales.return.received",
            "financial.return.refunded");

    shop.post(returnsOf(order), Map.of("items", List.of(item(mug, 2)))).expect(409);
    String rest = path(shop.post(returnsOf(order), null).expect(201).id());
    shop.post(rest + "/approve", null).expect(200);
    shop.post(
            rest + "/receive",
            Map.of("refund", money("15.00"), "reason", "the box was open", "restock", false))
        .expect(200);
    assertThat(awaitRefunded(rest).at("/refunded/amount").asString()).isEqualTo("15.00");
    assertThat(shop.productNow(mug).path("stock").asInt()).isEqualTo(9);
    assertThat(shop.productNow(mat).path("stock").asInt()).isEqualTo(9);
    shop.assertIntegrity();
  }

  @Test
  void no_more_goes_back_than_the_payment_has_left() {
    UUID mug = shop.product("Mug", 10);
    UUID order = completed(item(mug, 2));
    String payment =
        shop.get("/api/payments?orderId=" + order).expect(200).body().at("/items/0/id").asString();
    shop.post("/api/payments/" + payment + "/refund", Map.of("amount", money("13.00"))).expect(202);

    String first = received(order, item(mug, 1));
    assertThat(awaitRefunded(first).at("/refunded/amount").asString()).isEqualTo("7.00");
    String second = received(order, item(mug, 1));
    assertThat(awaitRefunded(second).at("/refunded/amount").asString()).isEqualTo("0.00");
    assertThat(shop.get("/api/payments/" + payment).expect(200).text("status"))
        .isEqualTo("REFUNDED");
    shop.assertIntegrity();
  }

  @Test
  void twenty_operators_together_return_refund_and_restock_each_unit_once() throws Exception {
    UUID mug = shop.product("Mug", 10 * ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      UUID order = completed(item(mug, 7));
      List<Callable<Shop.Reply>> requests = new ArrayList<>();
      for (int i = 0; i < OPERATORS; i++) {
        requests.add(() -> shop.post(returnsOf(order), Map.of("items", List.of(item(mug, 2)))));
      }
      List<Shop.Reply> answers = Race.run(requests);
      assertThat(answers).extracting(Shop.Reply::status).containsOnly(201, 409);
      List<String> accepted =
          answers.stream().filter(it -> it.status() == 201).map(it -> path(it.id())).toList();
      assertThat(accepted).hasSize(3);

      assertThat(once(accepted, "/approve")).hasSize(accepted.size());
      assertThat(once(accepted, "/receive")).hasSize(accepted.size());
      accepted.forEach(this::awaitRefunded);
      JsonNode payment =
          shop.get("/api/payments?orderId=" + order).expect(200).body().at("/items/0");
      assertThat(payment.at("/refunded/amount").asString()).isEqualTo("60.00");
    }
    assertThat(shop.productNow(mug).path("stock").asInt()).isEqualTo(9 * ROUNDS);
    shop.assertIntegrity();
  }

  /** Every operator takes the step of every return. */
  private List<Shop.Reply> once(List<String> returns, String step) throws Exception {
    List<Callable<Shop.Reply>> steps = new ArrayList<>();
    for (int i = 0; i < OPERATORS; i++) {
      returns.forEach(goods -> steps.add(() -> shop.post(goods + step, null)));
    }
    List<Shop.Reply> answers = Race.run(steps);
    assertThat(answers).extracting(Shop.Reply::status).containsOnly(200, 409);
    return answers.stream().filter(answer -> answer.status() == 200).toList();
  }

  @Test
  void an_order_whose_goods_come_back_cannot_be_cancelled_as_well() {
    UUID mug = shop.product("Mug", 10);
    UUID order = shop.place(shop.customer(), "tok_approve", List.of(item(mug, 2))).expect(201).id();
    shop.awaitStatus(order, "CONFIRMED");
    for (String status : List.of("SHIPPED", "DELIVERED")) {
      shop.put("/api/orders/" + order + "/status", Map.of("status", status)).expect(200);
    }
    String goods =
        path(shop.post(returnsOf(order), Map.of("items", List.of(item(mug, 1)))).expect(201).id());

    Shop.Reply refused =
        shop.put("/api/orders/" + order + "/status", Map.of("status", "CANCELLED")).expect(409);
    assertThat(refused.text("type")).isEqualTo("/problems/order-has-returns");
    shop.delete("/api/orders/" + order, Map.of("reason", "returned")).expect(409);

    shop.post(goods + "/reject", Map.of("reason", "changed their mind")).expect(200);
    shop.put("/api/orders/" + order + "/status", Map.of("status", "CANCELLED")).expect(200);
    shop.post(returnsOf(order), null).expect(409);
    shop.awaitNoLag();
    assertThat(shop.productNow(mug).path("stock").asInt()).isEqualTo(10);
    shop.assertIntegrity();
  }

  @Test
  void units_that_have_arrived_come_back_before_the_others_and_the_order_goes_on() {
    UUID mug = shop.product("Mug", 10);
    UUID order = deliveredInPart(mug, 3, 2);

    assertThat(
            shop.post(returnsOf(order), Map.of("items", List.of(item(mug, 3))))
                .expect(409)
                .body()
                .path("returnable")
                .asInt())
        .isEqualTo(2);
    String goods = received(order, item(mug, 1));
    assertThat(awaitRefunded(goods).at("/refunded/amount").asString()).isEqualTo("10.00");
    assertThat(shop.order(order).path("status").asString()).isEqualTo("CONFIRMED");
    assertThat(shop.productNow(mug).path("stock").asInt()).isEqualTo(8);
    assertThat(shop.delete("/api/orders/" + order, Map.of()).expect(409).text("type"))
        .isEqualTo("/problems/order-has-returns");
    shop.assertIntegrity();

    String rest = "/api/shipments/" + open(order);
    shop.post(rest + "/dispatch", null).expect(200);
    shop.post(rest + "/deliver", null).expect(200);
    shop.awaitStatus(order, "COMPLETED");
    awaitRefunded(received(order, item(mug, 2)));
    shop.post(returnsOf(order), null).expect(409);
    assertThat(shop.productNow(mug).path("stock").asInt()).isEqualTo(10);
    shop.assertIntegrity();
  }

  @Test
  void returns_cancellations_and_deliveries_at_once_give_each_unit_back_once() throws Exception {
    UUID mug = shop.product("Mug", 3 * ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      UUID order = deliveredInPart(mug, 3, 2);
      String rest = "/api/shipments/" + open(order);
      shop.post(rest + "/dispatch", null).expect(200);
      List<Callable<Shop.Reply>> racers = new ArrayList<>();
      for (int i = 0; i < OPERATORS / 4; i++) {
        racers.add(() -> shop.post(returnsOf(order), Map.of("items", List.of(item(mug, 2)))));
        racers.add(() -> shop.delete("/api/orders/" + order, Map.of("reason", "returned")));
        racers.add(() -> shop.post(rest + "/deliver", null));
      }
      assertThat(Race.run(racers)).extracting(Shop.Reply::status).isSubsetOf(200, 201, 202, 409);
      shop.awaitNoLag();

      for (JsonNode goods : shop.all(returnsOf(order))) {
        String path = path(UUID.fromString(goods.path("id").asString()));
        shop.post(path + "/approve", null).expect(200);
        shop.post(path + "/receive", null).expect(200);
        awaitRefunded(path);
      }
      JsonNode payment =
          Shop.eventually(
              "the money is back",
              () -> {
                JsonNode now =
                    shop.get("/api/payments?orderId=" + order).expect(200).body().at("/items/0");
                return now.path("status").asString().equals("SUCCEEDED") ? null : now;
              });
      boolean cancelled = shop.order(order).path("status").asString().equals("CANCELLED");
      assertThat(shop.all(returnsOf(order))).hasSize(cancelled ? 0 : 1);
      assertThat(payment.at("/refunded/amount").asString())
          .isEqualTo(cancelled ? "30.00" : "20.00");
      shop.assertIntegrity();
    }
  }

  /** An order of which so many units have arrived; the others are being prepared. */
  private UUID deliveredInPart(UUID product, int units, int arrived) {
    UUID order =
        shop.place(shop.customer(), "tok_approve", List.of(item(product, units))).expect(201).id();
    shop.awaitStatus(order, "CONFIRMED");
    String shipment = "/api/shipments/" + shop.awaitShipment(order).path("id").asString();
    shop.post(shipment + "/dispatch", Map.of("lines", List.of(item(product, arrived)))).expect(200);
    shop.post(shipment + "/deliver", null).expect(200);
    shop.awaitNoLag();
    return order;
  }

  /** The shipment of the order that has not arrived. */
  private String open(UUID order) {
    return shop.all("/api/shipments?orderId=" + order).stream()
        .filter(shipment -> !shipment.path("status").asString().equals("DELIVERED"))
        .map(shipment -> shipment.path("id").asString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void impossible_requests_are_refused_and_change_nothing() {
    UUID mug = shop.product("Mug", 10);
    UUID other = shop.product("Mat", 10);
    UUID order = completed(item(mug, 2));
    UUID waiting =
        shop.place(shop.customer(), "tok_approve", List.of(item(mug, 1))).expect(201).id();
    shop.awaitStatus(waiting, "CONFIRMED");

    assertThat(shop.post(returnsOf(waiting), null).expect(409).text("type"))
        .isEqualTo("/problems/not-delivered");
    assertThat(
            shop.post(returnsOf(order), Map.of("items", List.of(item(other, 1))))
                .expect(422)
                .text("type"))
        .isEqualTo("/problems/not-in-order");
    Shop.Reply tooMany =
        shop.post(returnsOf(order), Map.of("items", List.of(item(mug, 1), item(mug, 2))))
            .expect(409);
    assertThat(tooMany.text("type")).isEqualTo("/problems/more-than-returnable");
    assertThat(tooMany.body().path("returnable").asInt()).isEqualTo(2);
    assertThat(
            shop.post(returnsOf(order), Map.of("location", ""))
                .expect(400)
                .body()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/location");
    Shop.Reply nowhere = shop.post(returnsOf(order), Map.of("location", "NOWHERE")).expect(422);
    assertThat(nowhere.text("type")).isEqualTo("/problems/unknown-location");
    assertThat(nowhere.text("location")).isEqualTo("NOWHERE");
    shop.post(returnsOf(UUID.randomUUID()), null).expect(404);
    assertThat(shop.all(returnsOf(order))).isEmpty();

    String goods = path(shop.post(returnsOf(order), null).expect(201).id());
    shop.post(goods + "/receive", null).expect(409);
    shop.post(goods + "/approve", null).expect(200);
    assertThat(
            shop.post(goods + "/receive", Map.of("refund", money("20.01"), "reason", "kind"))
                .expect(422)
                .text("type"))
        .isEqualTo("/problems/refund-too-high");
    assertThat(
            shop.post(goods + "/receive", Map.of("refund", money("19.99")))
                .expect(400)
                .body()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/reason");
    assertThat(shop.get(goods).expect(200).text("status")).isEqualTo("APPROVED");
    shop.post(goods + "/reject", null).expect(200);
    shop.assertIntegrity();
  }

  private String received(UUID order, Object item) {
    String goods =
        path(shop.post(returnsOf(order), Map.of("items", List.of(item))).expect(201).id());
    shop.post(goods + "/approve", null).expect(200);
    shop.post(goods + "/receive", null).expect(200);
    return goods;
  }

  private JsonNode awaitRefunded(String goods) {
    return Shop.eventually(
        "the return is refunded",
        () -> {
          JsonNode now = shop.get(goods).expect(200).body();
          return now.path("status").asString().equals("REFUNDED") ? now : null;
        });
  }

  private UUID completed(Object... items) {
    UUID order = shop.place(shop.customer(), "tok_approve", List.of(items)).expect(201).id();
    shop.awaitStatus(order, "CONFIRMED");
    String shipment = "/api/shipments/" + shop.awaitShipment(order).path("id").asString();
    shop.post(shipment + "/dispatch", null).expect(200);
    shop.post(shipment + "/deliver", null).expect(200);
    shop.awaitStatus(order, "COMPLETED");
    return order;
  }

  private static String returnsOf(UUID order) {
    return "/api/orders/" + order + "/returns";
  }

  private static String path(UUID goods) {
    return "/api/returns/" + goods;
  }
}
