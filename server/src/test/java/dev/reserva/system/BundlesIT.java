package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static dev.reserva.system.Shop.money;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Bundles over HTTP: their parts are reserved, shipped and taken back together. */
class BundlesIT {

  private static final String PRODUCTS = "/api/inventory/products";
  private static final int ROUNDS = 10;

  private final Shop shop = SharedServer.get().shop();

  @Test
  void a_bundle_is_sold_at_its_price_and_its_parts_are_shipped() {
    UUID cup = shop.product("Cup", 10);
    UUID plate = shop.product("Plate", 4);
    UUID set = bundle("15.00", item(cup, 2), item(plate, 1));
    JsonNode offered = shop.productNow(set);
    assertThat(offered.path("stock").asInt()).isZero();
    assertThat(offered.path("available").asInt()).isEqualTo(4);
    assertThat(offered.path("bundle")).isEqualTo(parts(item(cup, 2), item(plate, 1)));
    assertThat(shop.productNow(cup).path("bundle").isNull()).isTrue();

    UUID order = confirmed(item(set, 3), item(cup, 1));

    JsonNode placed = shop.order(order);
    assertThat(placed.at("/total/amount").asString()).isEqualTo("55.00");
    assertThat(placed.at("/items/0/parts"))
        .extracting(
            it -> it.path("productId").asString(),
            it -> it.path("name").asString(),
            it -> it.path("quantity").asInt())
        .containsExactly(tuple(cup.toString(), "Cup", 2), tuple(plate.toString(), "Plate", 1));
    assertThat(placed.at("/items/1").has("parts")).isFalse();
    assertThat(shop.productNow(cup).path("stock").asInt()).isEqualTo(3);
    assertThat(shop.productNow(plate).path("stock").asInt()).isEqualTo(1);
    assertThat(shop.productNow(set).path("available").asInt()).isEqualTo(1);
    String shipment = shipment(order);
    assertThat(shop.get(shipment).expect(200).body().path("items"))
        .extracting(it -> it.path("productId").asString(), it -> it.path("quantity").asInt())
        .containsExactlyInAnyOrder(tuple(cup.toString(), 7), tuple(plate.toString(), 3));
    shop.post(shipment + "/dispatch", null).expect(200);
    shop.post(shipment + "/deliver", null).expect(200);
    shop.awaitStatus(order, "COMPLETED");

    String goods = received(order, item(set, 1));
    assertThat(awaitRefunded(goods).at("/refunded/amount").asString()).isEqualTo("15.00");
    assertThat(shop.productNow(cup).path("stock").asInt()).isEqualTo(5);
    assertThat(shop.productNow(plate).path("stock").asInt()).isEqualTo(2);
    assertThat(
            shop.post(returnsOf(order), Map.of("items", List.of(item(set, 3))))
                .expect(409)
                .text("type"))
        .isEqualTo("/problems/more-than-returnable");
    shop.assertIntegrity();
  }

  @Test
  void a_bundle_that_has_arrived_in_part_comes_back_as_often_as_all_of_its_parts_are_there() {
    UUID cup = shop.product("Cup", 10);
    UUID plate = shop.product("Plate", 10);
    UUID set = bundle("15.00", item(cup, 2), item(plate, 1));
    UUID order = confirmed(item(set, 3));
    String shipment = shipment(order);
    shop.post(shipment + "/dispatch", Map.of("lines", List.of(item(cup, 6), item(plate, 1))))
        .expect(200);
    shop.post(shipment + "/deliver", null).expect(200);
    shop.awaitNoLag();

    assertThat(
            shop.post(returnsOf(order), Map.of("items", List.of(item(set, 2))))
                .expect(409)
                .body()
                .path("returnable")
                .asInt())
        .isEqualTo(1);
    String goods = received(order, item(set, 1));

    awaitRefunded(goods);
    assertThat(shop.productNow(cup).path("stock").asInt()).isEqualTo(6);
    assertThat(shop.productNow(plate).path("stock").asInt()).isEqualTo(8);
    shop.assertIntegrity();
  }

  @Test
  void an_order_keeps_the_parts_that_its_bundle_had_and_a_draft_gets_the_new_ones() {
    UUID cup = shop.product("Cup", 10);
    UUID plate = shop.product("Plate", 10);
    UUID set = bundle("15.00", item(cup, 2));
    Map<String, Object> body =
        new HashMap<>(Shop.order(shop.customer(), null, List.of(item(set, 1))));
    UUID before = shop.post("/api/orders", body).expect(201).id();
    body.put("draft", true);
    UUID draft = shop.post("/api/orders", body).expect(201).id();
    shop.awaitStatus(before, "CONFIRMED");

    shop.put(PRODUCTS + "/" + set, Map.of("bundle", List.of(item(plate, 3)))).expect(200);
    shop.awaitNoLag();
    shop.post("/api/orders/" + draft + "/submit", null).expect(200);
    shop.awaitStatus(draft, "CONFIRMED");

    assertThat(shop.order(before).at("/items/0/parts/0/productId").asString())
        .isEqualTo(cup.toString());
    assertThat(shop.order(draft).at("/items/0/parts/0/productId").asString())
        .isEqualTo(plate.toString());
    assertThat(shop.productNow(cup).path("stock").asInt()).isEqualTo(8);
    assertThat(shop.productNow(plate).path("stock").asInt()).isEqualTo(7);
    shop.assertIntegrity();
  }

  @Test
  void the_last_parts_go_to_bundles_or_to_those_who_want_them_alone_and_never_twice()
      throws Exception {
    UUID customer = shop.customer();
    for (int round = 0; round < ROUNDS; round++) {
      UUID cup = shop.product("Cup", 5);
      UUID plate = shop.product("Plate", 3);
      UUID set = bundle("15.00", item(cup, 2), item(plate, 1));
      List<Callable<UUID>> buyers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        buyers.add(() -> shop.place(customer, null, List.of(item(set, 1))).expect(201).id());
        buyers.add(() -> shop.place(customer, null, List.of(item(cup, 1))).expect(201).id());
      }
      int cups = 0;
      int plates = 0;
      for (UUID id : Race.run(buyers)) {
        JsonNode order = shop.settled(id);
        if (order.path("status").asString().equals("CONFIRMED")) {
          boolean isSet = order.at("/items/0").has("parts");
          cups += isSet ? 2 : 1;
          plates += isSet ? 1 : 0;
        } else {
          assertThat(order.path("reason").asString()).isEqualTo("out_of_stock");
        }
      }
      assertThat(cups).isBetween(4, 5);
      assertThat(shop.productNow(cup).path("stock").asInt()).isEqualTo(5 - cups);
      assertThat(shop.productNow(plate).path("stock").asInt()).isEqualTo(3 - plates);
    }
    shop.assertIntegrity();
  }

  @Test
  void a_bundle_is_reserved_by_hand_as_its_parts() {
    UUID cup = shop.product("Cup", 4);
    UUID set = bundle("15.00", item(cup, 2));
    Map<String, Object> wanted =
        Map.of("orderId", UUID.randomUUID().toString(), "items", List.of(item(set, 2)));

    JsonNode held = shop.post("/api/inventory/stock/reserve", wanted).expect(201).body();

    assertThat(held.at("/items/0/productId").asString()).isEqualTo(cup.toString());
    assertThat(held.at("/items/0/quantity").asInt()).isEqualTo(4);
    JsonNode shortage =
        shop.post(
                "/api/inventory/stock/reserve",
                Map.of("orderId", UUID.randomUUID().toString(), "items", List.of(item(set, 1))))
            .expect(409)
            .body();
    assertThat(shortage.at("/shortages/0/productId").asString()).isEqualTo(cup.toString());
  }

  @Test
  void a_bundle_has_no_stock_of_its_own() {
    UUID cup = shop.product("Cup", 4);
    UUID set = bundle("15.00", item(cup, 2));

    for (Shop.Reply refused :
        List.of(
            shop.post("/api/inventory/stock/add", item(set, 1)),
            shop.patch(PRODUCTS + "/" + set + "/stock", Map.of("stock", 0)),
            shop.patch(PRODUCTS + "/" + set + "/stock", Map.of("safetyStock", 1)),
            shop.post(
                "/api/inventory/transfers",
                Map.of("productId", set, "quantity", 1, "from", "MAIN", "to", location())),
            shop.post(PRODUCTS, draft("15.00", 1, List.of(item(cup, 1)))))) {
      assertThat(refused.expect(422).text("type")).isEqualTo("/problems/bundle-has-no-stock");
    }
    assertThat(shop.productNow(set).path("stock").asInt()).isZero();
    assertThat(shop.get(PRODUCTS + "/" + set + "/stock").expect(200).body().path("items"))
        .isEmpty();
    shop.assertIntegrity();
  }

  private String location() {
    String code = "B" + UUID.randomUUID();
    shop.post("/api/inventory/locations", Map.of("code", code, "name", "B")).expect(201);
    return code;
  }

  @Test
  void impossible_parts_are_refused_and_nothing_changes() {
    UUID cup = shop.product("Cup", 4);
    UUID empty = shop.product("Empty", 0);
    UUID set = bundle("15.00", item(cup, 2));

    for (Object part : List.of(item(UUID.randomUUID(), 1), item(set, 1))) {
      assertThat(shop.post(PRODUCTS, draft("1.00", 0, List.of(part))).expect(422).text("type"))
          .isEqualTo("/problems/impossible-parts");
      assertThat(change(empty, part).expect(422).text("type"))
          .isEqualTo("/problems/impossible-parts");
    }
    assertThat(change(empty, item(empty, 1)).expect(422).text("type"))
        .isEqualTo("/problems/impossible-parts");
    assertThat(change(cup, item(empty, 1)).expect(409).text("type"))
        .isEqualTo("/problems/cannot-become-bundle");
    assertThat(shop.productNow(empty).path("version").asInt()).isEqualTo(1);
    assertThat(shop.productNow(cup).path("version").asInt()).isEqualTo(1);
    change(empty, item(cup, 1)).expect(200);
    assertThat(shop.productNow(empty).path("available").asInt()).isEqualTo(4);
  }

  private Shop.Reply change(UUID product, Object part) {
    return shop.put(PRODUCTS + "/" + product, Map.of("bundle", List.of(part)));
  }

  @ParameterizedTest
  @CsvSource({
    "'[]', /bundle",
    "'[{\"productId\":\"01977c1e-5a00-7000-8000-000000000001\",\"quantity\":0}]', /bundle/0/quantity",
    "'[{\"productId\":\"01977c1e-5a00-7000-8000-000000000001\",\"quantity\":1000001}]', /bundle/0/quantity",
    "'[{\"productId\":\"01977c1e-5a00-7000-8000-000000000001\"}]', /bundle/0/quantity",
    "'[{\"quantity\":1}]', /bundle/0/productId",
    "'[{\"productId\":\"x\",\"quantity\":1}]', /bundle/0/productId",
    "'[{\"productId\":\"01977c1e-5a00-7000-8000-000000000001\",\"quantity\":1},"
        + "{\"productId\":\"01977c1e-5a00-7000-8000-000000000001\",\"quantity\":2}]', /bundle",
  })
  void parts_that_cannot_be_name_their_field(String bundle, String pointer) {
    UUID cup = shop.product("Cup", 4);
    Map<String, Object> made = draft("1.00", 0, List.of());
    made.put("bundle", Shop.JSON.readTree(bundle));

    for (Shop.Reply refused :
        List.of(
            shop.post(PRODUCTS, made),
            shop.put(PRODUCTS + "/" + cup, Map.of("bundle", Shop.JSON.readTree(bundle))))) {
      assertThat(refused.expect(400).body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }
    assertThat(shop.productNow(cup).path("version").asInt()).isEqualTo(1);
  }

  @Test
  void more_than_fifty_parts_are_refused() {
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      parts.add(item(UUID.randomUUID(), 1));
    }
    assertThat(
            shop.post(PRODUCTS, draft("1.00", 0, parts))
                .expect(400)
                .body()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/bundle");
  }

  @Test
  void an_order_needs_at_most_a_million_units_of_a_part() {
    UUID cup = shop.product("Cup", 4);
    UUID set = bundle("0.01", item(cup, 1_000));

    assertThat(
            shop.place(shop.customer(), null, List.of(item(set, 1_001)))
                .expect(422)
                .body()
                .path("detail")
                .asString())
        .contains("must be 1..1000000, was 1001000 in all with the bundles");
  }

  // ---- fixtures

  private UUID bundle(String price, Object... parts) {
    return shop.post(PRODUCTS, draft(price, 0, List.of(parts))).expect(201).id();
  }

  private static Map<String, Object> draft(String price, int stock, List<?> parts) {
    Map<String, Object> draft = new HashMap<>();
    draft.put("sku", "SET-" + UUID.randomUUID());
    draft.put("name", "Set");
    draft.put("price", money(price));
    draft.put("stock", stock);
    draft.put("bundle", parts);
    return draft;
  }

  private static JsonNode parts(Object... parts) {
    return Shop.JSON.valueToTree(List.of(parts));
  }

  private UUID confirmed(Object... items) {
    UUID order = shop.place(shop.customer(), "tok_approve", List.of(items)).expect(201).id();
    shop.awaitStatus(order, "CONFIRMED");
    return order;
  }

  private String shipment(UUID order) {
    return "/api/shipments/" + shop.awaitShipment(order).path("id").asString();
  }

  private String received(UUID order, Object item) {
    String goods =
        "/api/returns/"
            + shop.post(returnsOf(order), Map.of("items", List.of(item))).expect(201).id();
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

  private static String returnsOf(UUID order) {
    return "/api/orders/" + order + "/returns";
  }
}
