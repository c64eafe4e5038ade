package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Orders that wait for stock over HTTP. */
class BackordersIT {

  private static final String PRODUCTS = "/api/inventory/products";
  private static final String ADD = "/api/inventory/stock/add";

  private final Shop shop = SharedServer.get().shop();

  @Test
  void an_order_waits_for_its_stock_and_is_confirmed_when_it_arrives() {
    UUID mug = shop.product("Mug", 5);
    UUID teapot = waitedFor(1, Map.of("policy", "backorder", "expectedAt", "2031-05-01T08:00:00Z"));
    UUID order = order(item(mug, 2), item(teapot, 3));

    JsonNode paid = shop.awaitStatus(order, "PAID");
    assertThat(paid.at("/reservation/status").asString()).isEqualTo("RESERVED");
    assertThat(paid.at("/reservation/awaited"))
        .singleElement()
        .satisfies(units -> {
          assertThat(units.path("productId").asString()).isEqualTo(teapot.toString());
          assertThat(units.path("quantity").asInt()).isEqualTo(3);
          assertThat(units.path("expectedAt").asString()).isEqualTo("2031-05-01T08:00:00Z");
        });
    assertThat(numbers(mug)).isEqualTo(tuple(5, 2, 0, 3));
    assertThat(numbers(teapot)).isEqualTo(tuple(1, 0, 3, 0));
    JsonNode reservation =
        shop.get("/api/inventory/reservations?orderId=" + order).expect(200).body().at("/items/0");
    assertThat(reservation.path("items")).hasSize(1);
    assertThat(reservation.path("awaited")).hasSize(1);
    assertThat(
            shop.post(
                    "/api/inventory/reservations/" + reservation.path("id").asString() + "/confirm",
                    null)
                .expect(409)
                .text("type"))
        .isEqualTo("/problems/reservation-waits");
    shop.assertIntegrity();
    assertThat(mail(order, "Order .* is paid"))
        .contains(
            "Not yet in stock: 3 of the units that you ordered, expected by 1 May 2031, 08:00.");

    shop.post(ADD, Map.of("productId", teapot, "quantity", 4)).expect(200);

    JsonNode confirmed = shop.awaitStatus(order, "CONFIRMED");
    assertThat(confirmed.at("/reservation/status").asString()).isEqualTo("CONFIRMED");
    assertThat(confirmed.at("/reservation/awaited").isMissingNode()).isTrue();
    assertThat(numbers(teapot)).isEqualTo(tuple(2, 0, 0, 2));
    String shipment = "/api/shipments/" + shop.awaitShipment(order).path("id").asString();
    assertThat(shop.get(shipment).expect(200).body().path("items")).hasSize(2);
    shop.assertIntegrity();
  }

  @Test
  void an_order_that_waits_is_cancelled_and_refunded_and_its_units_are_free() {
    UUID teapot = waitedFor(0, Map.of("policy", "backorder", "limit", 2));
    UUID order = order(item(teapot, 2));
    shop.awaitStatus(order, "PAID");
    UUID tooMany = order(item(teapot, 1));
    assertThat(shop.awaitStatus(tooMany, "CANCELLED").path("reason").asString())
        .isEqualTo("out_of_stock");

    shop.delete("/api/orders/" + order, null).expect(202);

    Shop.eventually(
        "nothing is awaited", () -> numbers(teapot).equals(tuple(0, 0, 0, 0)) ? true : null);
    Shop.eventually(
        "the money is back",
        () ->
            shop.get("/api/orders/" + order)
                    .expect(200)
                    .body()
                    .at("/payment/status")
                    .asString()
                    .equals("REFUNDED")
                ? true
                : null);
    shop.assertIntegrity();
  }

  @Test
  void a_person_who_releases_a_waiting_order_cancels_and_refunds_it() {
    UUID teapot = waitedFor(0, Map.of("policy", "backorder"));
    UUID order = order(item(teapot, 2));
    String reservation = shop.awaitStatus(order, "PAID").at("/reservation/id").asString();

    shop.post("/api/inventory/reservations/" + reservation + "/release", null).expect(200);

    assertThat(shop.awaitStatus(order, "CANCELLED").path("reason").asString())
        .isEqualTo("reservation_expired");
    shop.assertIntegrity();
  }

  @Test
  void a_preorder_is_served_from_its_release_on() {
    UUID book = waitedFor(1, Map.of("policy", "preorder", "expectedAt", "2031-05-01T08:00:00Z"));
    UUID order = order(item(book, 1));
    shop.awaitStatus(order, "PAID");
    assertThat(numbers(book)).isEqualTo(tuple(1, 0, 1, 0));

    shop.put(
            PRODUCTS + "/" + book,
            Map.of("backorder", Map.of("policy", "preorder", "expectedAt", "2021-05-01T08:00:00Z")))
        .expect(200);

    shop.awaitStatus(order, "CONFIRMED");
    assertThat(numbers(book)).isEqualTo(tuple(0, 0, 0, 0));
  }

  @Test
  void stock_that_arrives_while_many_order_is_sold_once() throws Exception {
    UUID teapot = waitedFor(0, Map.of("policy", "backorder"));
    List<Callable<UUID>> sides = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sides.add(() -> order(item(teapot, 1)));
    }
    for (int i = 0; i < 4; i++) {
      sides.add(() -> {
        shop.post(ADD, Map.of("productId", teapot, "quantity", 3)).expect(200);
        return teapot;
      });
    }

    List<UUID> orders = Race.run(sides).stream().filter(order -> !order.equals(teapot)).toList();

    assertThat(orders).hasSize(20);
    Shop.eventually(
        "12 of 20 orders have their units",
        () -> numbers(teapot).equals(tuple(0, 0, 8, 0)) ? true : null);
    List<String> statuses = new ArrayList<>();
    for (UUID order : orders) {
      statuses.add(
          Shop.eventually(
              "order is paid or confirmed",
              () -> {
                String status =
                    shop.get("/api/orders/" + order).expect(200).body().path("status").asString();
                return status.equals("PAID") || status.equals("CONFIRMED") ? status : null;
              }));
    }
    assertThat(statuses.stream().filter("CONFIRMED"::equals)).hasSize(12);
    shop.assertIntegrity();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                   | /backorder/policy",
        "{'policy':'sometimes'}                               | /backorder/policy",
        "{'policy':'deny','limit':1}                          | /backorder/limit",
        "{'policy':'deny','expectedAt':'2031-01-01T00:00:00Z'}| /backorder/expectedAt",
        "{'policy':'backorder','limit':0}                     | /backorder/limit",
        "{'policy':'preorder'}                                | /backorder/expectedAt",
        "{'policy':'backorder','expectedAt':'+999999999-01-01T00:00:00Z'} | /backorder/expectedAt",
        "{'policy':'backorder','expectedAt':'1999-12-31T23:59:59Z'}       | /backorder/expectedAt",
      })
  void a_policy_that_makes_no_sense_is_refused_by_name(String policy, String pointer) {
    UUID product = shop.product("Mug", 1);
    JsonNode before = shop.productNow(product);

    Shop.Reply refused =
        shop.put(
                PRODUCTS + "/" + product,
                Map.of("backorder", Shop.JSON.readTree(policy.replace('\'', '"'))))
            .expect(400);

    assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    assertThat(shop.productNow(product)).isEqualTo(before);
  }

  private UUID waitedFor(int stock, Map<String, Object> backorder) {
    UUID product = shop.product("Teapot", stock);
    JsonNode changed =
        shop.put(PRODUCTS + "/" + product, Map.of("backorder", backorder)).expect(200).body();
    assertThat(changed.path("backorder")).isEqualTo(Shop.JSON.valueToTree(backorder));
    return product;
  }

  private UUID order(Object... items) {
    return shop.place(shop.customer(), "tok_approve", List.of(items)).expect(201).id();
  }

  /** The words of a mail about an order, once it has been sent. */
  private String mail(UUID order, String subject) {
    return Shop.eventually(
        "a mail tells: " + subject,
        () -> {
          for (JsonNode sent : shop.all("/api/notifications?orderId=" + order)) {
            if (sent.path("status").asString().equals("SENT")
                && sent.path("subject").asString().matches(subject)) {
              return sent.path("content").asString();
            }
          }
          return null;
        });
  }

  /** Stock, reserved, awaited and available. */
  private Tuple numbers(UUID product) {
    JsonNode now = shop.productNow(product);
    return tuple(
        now.path("stock").asInt(),
        now.path("reserved").asInt(),
        now.path("awaited").asInt(),
        now.path("available").asInt());
  }
}
