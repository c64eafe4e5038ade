package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Shipments over HTTP, with the orders, the stock and the money that follow from them. */
class ShipmentsIT {

  private static final int ROUNDS = 60;

  private final Shop shop = SharedServer.get().shop();

  @Test
  void an_order_that_leaves_in_two_parts_is_complete_once_both_have_arrived() {
    UUID mug = shop.product("Mug", 10);
    UUID mat = shop.product("Mat", 10);
    UUID order = confirmed(item(mug, 3), item(mat, 1));
    String first = path(shop.awaitShipment(order).path("id").asString());

    Shop.Reply dispatched =
        shop.post(
                first + "/dispatch", Map.of("trackingCode", "QB1", "lines", List.of(item(mug, 2))))
            .expect(200);
    assertThat(dispatched.body().path("items")).hasSize(1);
    String rest = path(dispatched.text("restId"));
    JsonNode open =
        Shop.eventually(
            "the order shows the rest",
            () -> {
              JsonNode now = shop.order(order);
              return path(now.at("/shipment/id").asString()).equals(rest) ? now : null;
            });
    assertThat(open.at("/shipment/openUnits").asInt()).isEqualTo(2);
    assertThat(open.path("status").asString()).isEqualTo("CONFIRMED");
    shop.post(first + "/deliver", null).expect(200);
    assertThat(shop.order(order).path("status").asString()).isEqualTo("CONFIRMED");

    shop.post(rest + "/dispatch", Map.of()).expect(200);
    shop.awaitStatus(order, "SHIPPED");
    shop.post(rest + "/deliver", null).expect(200);
    shop.awaitStatus(order, "COMPLETED");
    assertThat(shop.all("/api/shipments?orderId=" + order))
        .extracting(shipment -> shipment.path("status").asString())
        .containsExactly("DELIVERED", "DELIVERED");
    shop.assertIntegrity();
  }

  @Test
  void the_picking_list_names_what_an_order_needs_until_it_leaves() {
    UUID mug = shop.product("Mug", 10);
    UUID order = confirmed(item(mug, 3));
    String shipment = shop.awaitShipment(order).path("id").asString();

    JsonNode needed = needed(mug);
    assertThat(needed.path("quantity").asInt()).isEqualTo(3);
    assertThat(needed.at("/shipments/0/shipmentId").asString()).isEqualTo(shipment);
    shop.post(path(shipment) + "/dispatch", null).expect(200);
    assertThat(needed(mug).isMissingNode()).isTrue();
    assertThat(
            shop.get("/api/shipments/picking-list?location=NORTH").expect(200).body().path("items"))
        .isEmpty();
  }

  private JsonNode needed(UUID product) {
    return shop.all("/api/shipments/picking-list").stream()
        .filter(item -> item.path("productId").asString().equals(product.toString()))
        .findFirst()
        .orElseGet(Shop.JSON::missingNode);
  }

  @Test
  void shipments_follow_an_operator_who_sets_an_order_by_hand() {
    UUID mug = shop.product("Mug", 10);
    UUID order = confirmed(item(mug, 1));
    shop.awaitShipment(order);

    shop.put("/api/orders/" + order + "/status", Map.of("status", "SHIPPED")).expect(200);
    awaitShipment(order, "DISPATCHED");
    set(order, "DELIVERED");
    awaitShipment(order, "DELIVERED");
    assertThat(shop.order(order).path("status").asString()).isEqualTo("DELIVERED");
    assertThat(shop.all("/api/orders/" + order + "/history"))
        .filteredOn(
            entry -> entry.path("type").asString().matches("sales[.]order[.](shipped|delivered)"))
        .extracting(entry -> entry.path("reason").asString())
        .containsExactly("set by hand", "by hand");
    set(order, "CANCELLED");
    awaitShipment(order, "RETURNED");
    Shop.eventually(
        "the goods are back", () -> shop.productNow(mug).path("stock").asInt() == 10 ? true : null);
    shop.assertIntegrity();
  }

  private void set(UUID order, String status) {
    shop.put("/api/orders/" + order + "/status", Map.of("status", status, "reason", "by hand"))
        .expect(200);
  }

  private void awaitShipment(UUID order, String status) {
    Shop.eventually(
        "the shipment is " + status,
        () -> shop.order(order).at("/shipment/status").asString().equals(status) ? true : null);
  }

  @Test
  void of_a_dispatch_and_a_cancellation_at_the_same_moment_the_first_wins() throws Exception {
    UUID mug = shop.product("Mug", ROUNDS);
    UUID customer = shop.customer();
    int shipped = 0;
    for (int round = 0; round < ROUNDS; round++) {
      UUID order = shop.place(customer, "tok_approve", List.of(item(mug, 1))).expect(201).id();
      shop.awaitStatus(order, "CONFIRMED");
      String shipment = path(shop.awaitShipment(order).path("id").asString());

      List<Integer> answers =
          Race.run(
              List.<Callable<Integer>>of(
                  () -> shop.post(shipment + "/dispatch", null).status(),
                  () -> shop.delete("/api/orders/" + order, null).status()));

      assertThat(answers).isSubsetOf(200, 202, 409).isNotEqualTo(List.of(409, 409));
      boolean dispatched = answers.getFirst() == 200;
      boolean cancelled = answers.getLast() == 202;
      String status = cancelled ? "CANCELLED" : "SHIPPED";
      String end = dispatched ? cancelled ? "RETURNED" : "DISPATCHED" : "CANCELLED";
      shop.awaitStatus(order, status);
      awaitShipment(order, end);
      assertThat(shop.get(shipment).expect(200).text("status")).isEqualTo(end);
      if (cancelled) {
        awaitRefund(order);
      } else {
        shipped++;
      }
    }
    shop.awaitNoLag();
    assertThat(shop.productNow(mug).path("stock").asInt()).isEqualTo(ROUNDS - shipped);
    shop.assertIntegrity();
    System.out.printf("raced rounds=%d shipped=%d%n", ROUNDS, shipped);
  }

  private void awaitRefund(UUID order) {
    JsonNode payment =
        Shop.eventually(
            "the money is back",
            () -> {
              JsonNode only =
                  shop.get("/api/payments?orderId=" + order).expect(200).body().at("/items/0");
              return only.path("status").asString().equals("REFUNDED") ? only : null;
            });
    assertThat(payment.at("/refunded/amount").asString()).isEqualTo("10.00");
  }

  private UUID confirmed(Object... items) {
    UUID order = shop.place(shop.customer(), "tok_approve", List.of(items)).expect(201).id();
    shop.awaitStatus(order, "CONFIRMED");
    return order;
  }

  private static String path(String shipment) {
    return "/api/shipments/" + shipment;
  }
}
