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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Stock at several locations over HTTP, with the orders that are served from it. */
class LocationsIT {

  private static final String LOCATIONS = "/api/inventory/locations";
  private static final String TRANSFERS = "/api/inventory/transfers";
  private static final int ROUNDS = 10;

  private final Shop shop = SharedServer.get().shop();
  private final String north = "N" + UUID.randomUUID();

  @BeforeEach
  void open() {
    shop.post(LOCATIONS, Map.of("code", north, "name", "North", "priority", 50)).expect(201);
  }

  @Test
  void a_location_is_created_listed_and_changed() {
    shop.post(LOCATIONS, Map.of("code", north, "name", "Again")).expect(409);
    Shop.Reply changed =
        shop.put(LOCATIONS + "/" + north, Map.of("name", "Far north", "active", false)).expect(200);

    assertThat(changed.body())
        .isEqualTo(
            Shop.JSON.valueToTree(
                Map.of("code", north, "name", "Far north", "priority", 50, "active", false)));
    assertThat(shop.all(LOCATIONS)).contains(changed.body());
    assertThat(shop.all(LOCATIONS))
        .extracting(location -> location.path("code").asString())
        .contains("MAIN")
        .isSorted();
    shop.put(LOCATIONS + "/nowhere", Map.of("name", "x")).expect(404);
  }

  @Test
  void an_order_that_no_location_can_serve_whole_leaves_in_two_shipments() {
    UUID mug = shop.product("Mug", 2);
    receive(mug, 3);
    UUID order = confirmed(4, mug);

    JsonNode reservation =
        shop.get("/api/inventory/reservations?orderId=" + order).expect(200).body().at("/items/0");
    assertThat(reservation.path("allocation").asString()).isEqualTo("SPLIT_BY_PRIORITY");
    assertThat(reservation.path("items"))
        .extracting(it -> it.path("location").asString(), it -> it.path("quantity").asInt())
        .containsExactly(tuple(north, 3), tuple("MAIN", 1));
    assertThat(levels(mug)).containsExactly(tuple(north, 0, 0), tuple("MAIN", 1, 0));

    List<JsonNode> shipments = awaitShipments(order, 2);
    assertThat(shipments)
        .extracting(it -> it.path("location").asString(), it -> it.at("/items/0/quantity").asInt())
        .containsExactlyInAnyOrder(tuple(north, 3), tuple("MAIN", 1));
    assertThat(shop.all("/api/shipments/picking-list?location=" + north))
        .extracting(it -> it.path("quantity").asInt())
        .containsExactly(3);
    for (JsonNode shipment : shipments) {
      String path = "/api/shipments/" + shipment.path("id").asString();
      shop.post(path + "/dispatch", null).expect(200);
      shop.post(path + "/deliver", null).expect(200);
    }
    shop.awaitStatus(order, "COMPLETED");
    shop.assertIntegrity();
  }

  @Test
  void a_cancelled_order_gives_the_goods_back_where_they_were() {
    UUID mug = shop.product("Mug", 2);
    receive(mug, 3);
    UUID order = confirmed(4, mug);
    awaitShipments(order, 2);

    shop.delete("/api/orders/" + order, null).expect(202);

    Shop.eventually(
        "the goods are back", () -> shop.productNow(mug).path("stock").asInt() == 5 ? true : null);
    assertThat(levels(mug)).containsExactly(tuple(north, 3, 0), tuple("MAIN", 2, 0));
    shop.assertIntegrity();
  }

  @Test
  void goods_come_back_to_the_location_that_receives_them() {
    UUID mug = shop.product("Mug", 2);
    UUID order = confirmed(2, mug);
    String shipment = "/api/shipments/" + shop.awaitShipment(order).path("id").asString();
    shop.post(shipment + "/dispatch", null).expect(200);
    shop.post(shipment + "/deliver", null).expect(200);
    shop.awaitStatus(order, "COMPLETED");
    String goods =
        "/api/returns/"
            + shop.post(
                    "/api/orders/" + order + "/returns",
                    Map.of("items", List.of(item(mug, 1)), "reason", "too small"))
                .expect(201)
                .id();
    shop.post(goods + "/approve", null).expect(200);

    Shop.Reply refused = shop.post(goods + "/receive", Map.of("location", "nowhere")).expect(422);
    assertThat(refused.text("type")).isEqualTo("/problems/unknown-location");
    shop.post(goods + "/receive", Map.of("location", north)).expect(200);

    Shop.eventually(
        "the goods are back", () -> shop.productNow(mug).path("stock").asInt() == 1 ? true : null);
    assertThat(levels(mug)).containsExactly(tuple(north, 1, 0), tuple("MAIN", 0, 0));
    shop.assertIntegrity();
  }

  @Test
  void a_transfer_is_stock_of_nobody_until_it_arrives() {
    UUID mug = shop.product("Mug", 5);
    String transfer = TRANSFERS + "/" + send(mug, 4).expect(201).id();

    assertThat(shop.productNow(mug).path("stock").asInt()).isEqualTo(1);
    assertThat(shop.get(transfer).expect(200).text("status")).isEqualTo("IN_TRANSIT");
    assertThat(shop.post(transfer + "/receive", null).expect(200).text("status"))
        .isEqualTo("RECEIVED");
    shop.post(transfer + "/receive", null).expect(200);
    assertThat(shop.post(transfer + "/cancel", null).expect(409).text("type"))
        .isEqualTo("/problems/transfer-ended");

    assertThat(levels(mug)).containsExactly(tuple(north, 4, 0), tuple("MAIN", 1, 0));
    assertThat(shop.all("/api/inventory/products/" + mug + "/ledger"))
        .extracting(
            it -> it.path("kind").asString(),
            it -> it.path("location").asString(),
            it -> it.path("quantity").asInt(),
            it -> it.path("stock").asInt())
        .containsExactly(
            tuple("transferred_in", north, 4, 5),
            tuple("transferred_out", "MAIN", 4, 1),
            tuple("received", "MAIN", 5, 5));
    assertThat(shop.all(TRANSFERS + "?productId=" + mug + "&status=RECEIVED")).hasSize(1);
    assertThat(send(mug, 2).expect(409).text("type")).isEqualTo("/problems/insufficient-stock");
    shop.assertIntegrity();
  }

  @Test
  void safety_stock_is_not_sold() {
    UUID mug = shop.product("Mug", 5);
    shop.patch("/api/inventory/products/" + mug + "/stock", Map.of("safetyStock", 4)).expect(200);

    assertThat(shop.productNow(mug).path("available").asInt()).isEqualTo(1);
    UUID customer = shop.customer();
    shop.awaitStatus(
        shop.place(customer, "tok_approve", List.of(item(mug, 2))).expect(201).id(), "CANCELLED");
    shop.awaitStatus(
        shop.place(customer, "tok_approve", List.of(item(mug, 1))).expect(201).id(), "CONFIRMED");
  }

  @Test
  void the_last_units_of_two_locations_are_sold_once() throws Exception {
    UUID customer = shop.customer();
    for (int round = 0; round < ROUNDS; round++) {
      UUID mug = shop.product("Mug", 3);
      receive(mug, 3);
      List<Callable<UUID>> buyers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        buyers.add(
            () -> shop.place(customer, "tok_approve", List.of(item(mug, 2))).expect(201).id());
      }
      List<UUID> orders = Race.run(buyers);

      long confirmed =
          orders.stream()
              .filter(order -> shop.settled(order).path("status").asString().equals("CONFIRMED"))
              .count();
      assertThat(confirmed).isEqualTo(3);
      assertThat(shop.productNow(mug).path("stock").asInt()).isZero();
    }
    shop.assertIntegrity();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"code\":\"\",\"name\":\"x\"}', /code",
    "'{\"name\":\"x\"}', /code",
    "'{\"code\":\"A\"}', /name",
    "'{\"code\":\"A\",\"name\":\"x\",\"priority\":-1}', /priority",
    "'{\"code\":\"A\",\"name\":\"x\",\"priority\":10001}', /priority",
  })
  void a_location_that_cannot_be_names_its_field(String body, String pointer) {
    assertThat(
            shop.post(LOCATIONS, Shop.JSON.readTree(body))
                .expect(400)
                .body()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo(pointer);
  }

  @ParameterizedTest
  @CsvSource({
    "0, MAIN, other, 400, /quantity",
    "1, MAIN, MAIN, 400, /to",
    "1, '', MAIN, 400, /from",
  })
  void a_transfer_that_cannot_be_names_its_field(
      int quantity, String from, String to, int status, String pointer) {
    UUID mug = shop.product("Mug", 5);

    assertThat(
            shop.post(
                    TRANSFERS,
                    Map.of("productId", mug, "quantity", quantity, "from", from, "to", to))
                .expect(status)
                .body()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo(pointer);
  }

  @Test
  void an_unknown_location_is_refused_wherever_it_is_named() {
    UUID mug = shop.product("Mug", 5);
    String stock = "/api/inventory/products/" + mug + "/stock";
    List<Shop.Reply> refused =
        List.of(
            shop.patch(stock, Map.of("stock", 1, "location", "nowhere")),
            shop.post(
                "/api/inventory/stock/add",
                Map.of("productId", mug, "quantity", 1, "location", "nowhere")),
            shop.post(
                TRANSFERS,
                Map.of("productId", mug, "quantity", 1, "from", "MAIN", "to", "nowhere")),
            shop.post(
                "/api/inventory/products",
                Map.of(
                    "sku",
                    "S" + UUID.randomUUID(),
                    "name",
                    "x",
                    "price",
                    Shop.money("1.00"),
                    "stock",
                    0,
                    "location",
                    "nowhere")));

    assertThat(refused)
        .allSatisfy(reply -> {
          assertThat(reply.status()).isEqualTo(422);
          assertThat(reply.text("type")).isEqualTo("/problems/unknown-location");
          assertThat(reply.text("location")).isEqualTo("nowhere");
        });
    assertThat(levels(mug)).containsExactly(tuple("MAIN", 5, 0));
  }

  private Shop.Reply send(UUID product, int quantity) {
    return shop.post(
        TRANSFERS, Map.of("productId", product, "quantity", quantity, "from", "MAIN", "to", north));
  }

  private void receive(UUID product, int quantity) {
    shop.post(
            "/api/inventory/stock/add",
            Map.of("productId", product, "quantity", quantity, "location", north))
        .expect(200);
  }

  private UUID confirmed(int quantity, UUID product) {
    UUID order =
        shop.place(shop.customer(), "tok_approve", List.of(item(product, quantity)))
            .expect(201)
            .id();
    shop.awaitStatus(order, "CONFIRMED");
    return order;
  }

  private List<JsonNode> awaitShipments(UUID order, int count) {
    return Shop.eventually(
        "%d shipments of order %s".formatted(count, order),
        () -> {
          List<JsonNode> found = shop.all("/api/shipments?orderId=" + order);
          return found.size() == count ? found : null;
        });
  }

  private List<Tuple> levels(UUID product) {
    List<Tuple> levels = new ArrayList<>();
    for (JsonNode level :
        shop.get("/api/inventory/products/" + product + "/stock")
            .expect(200)
            .body()
            .path("items")) {
      levels.add(
          tuple(
              level.path("location").asString(),
              level.path("stock").asInt(),
              level.path("reserved").asInt()));
    }
    return levels;
  }
}
