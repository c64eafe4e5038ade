package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Events published by hand about orders under way: they state no facts, and change neither checks
 * nor counts.
 */
class EventsByHandIT {

  /** The ids in the golden events. */
  private static final String ORDER = "01977c1e-5a00-7000-8000-000000000003";

  private static final String CUSTOMER = "01977c1e-5a00-7000-8000-000000000004";
  private static final String PRODUCT = "01977c1e-5a00-7000-8000-000000000005";

  private final Shop shop = SharedServer.get().shop();

  /** An order without further automatic steps, with all its events handled. */
  private UUID orderAtRest(UUID customer, String token, UUID product, int quantity) {
    UUID order = shop.place(customer, token, List.of(item(product, quantity))).expect(201).id();
    shop.awaitStatus(
        order,
        switch (token) {
          case "tok_pending" -> "PENDING_PAYMENT";
          case "tok_approve" -> "CONFIRMED";
          default -> "CANCELLED";
        });
    shop.awaitNoLag();
    return order;
  }

  @Test
  void no_new_fact_about_an_order_can_be_published_by_hand() {
    UUID product = shop.product("Claimed", 10);
    UUID customer = shop.customer();
    for (String token : List.of("tok_pending", "tok_approve", "tok_decline")) {
      UUID order = orderAtRest(customer, token, product, 1);
      JsonNode before = shop.order(order);
      JsonNode counts = counts();
      for (Contract<?> contract : Contracts.ALL) {
        String golden =
            golden(contract)
                .replace(ORDER, order.toString())
                .replace(CUSTOMER, customer.toString())
                .replace(PRODUCT, product.toString());
        JsonNode event = Shop.JSON.readTree(golden);
        Map<String, Object> claim =
            Map.of(
                "type", contract.name(),
                "subject", event.path("subject").asString(),
                "key", event.path("partitionkey").asString(),
                "data", event.path("data"));
        for (String check : List.of("", "?check=false")) {
          Shop.Reply refused = shop.post("/api/events" + check, claim);
          assertThat(refused.text("type"))
              .as(contract.name() + check + " of an order by " + token)
              .isEqualTo("/problems/fact-not-stated");
          refused.expect(409);
        }
      }
      shop.awaitNoLag();
      assertThat(counts()).isEqualTo(counts);
      assertThat(shop.order(order)).isEqualTo(before);
      shop.assertIntegrity();
    }
  }

  @Test
  void the_last_fact_of_a_service_can_be_repeated_and_changes_nothing() {
    UUID product = shop.product("Repeated", 10);
    UUID customer = shop.customer();
    for (String token : List.of("tok_pending", "tok_approve", "tok_decline")) {
      UUID order = orderAtRest(customer, token, product, 2);
      JsonNode before = shop.order(order);
      JsonNode stock = shop.productNow(product);
      JsonNode counts = counts();
      List<JsonNode> stated = shop.all("/api/events?key=" + order);
      int repeated = 0;
      for (JsonNode event : stated) {
        Shop.Reply reply = repeat(event);
        assertThat(reply.status()).isIn(202, 409);
        repeated += reply.status() == 202 ? 1 : 0;
      }
      assertThat(repeated)
          .as("one fact each of order, stock, payment, receivable and shipment")
          .isEqualTo(token.equals("tok_approve") ? 5 : 4);
      shop.awaitNoLag();
      assertThat(counts()).isEqualTo(counts);
      assertThat(shop.order(order)).isEqualTo(before);
      assertThat(shop.productNow(product)).isEqualTo(stock);
      assertThat(shop.all("/api/events?key=" + order))
          .as("nothing follows from a repetition")
          .hasSize(stated.size() + repeated);
      List<JsonNode> history = shop.all("/api/orders/" + order + "/history");
      assertThat(history.stream().filter(entry -> entry.path("byHand").asBoolean(false)))
          .hasSize(repeated)
          .noneMatch(entry -> entry.has("to"));
      shop.assertIntegrity();
    }
  }

  @Test
  void an_outdated_change_of_a_product_cannot_be_repeated() {
    UUID product = shop.product("Repriced", 1, "10.00");
    shop.send(
            "PUT",
            "/api/inventory/products/" + product,
            Map.of("price", Shop.money("11.00")),
            Map.of())
        .expect(200);
    List<JsonNode> stated =
        shop.all("/api/events?key=" + product).stream()
            .filter(event -> event.path("type").asString().startsWith("inventory.product."))
            .toList();
    assertThat(stated).hasSize(2);
    repeat(stated.getFirst()).expect(409);
    repeat(stated.getLast()).expect(202);
    assertThat(
            shop.place(shop.customer(), null, List.of(item(product, 1)))
                .expect(201)
                .body()
                .at("/total/amount")
                .asString())
        .isEqualTo("11.00");
  }

  private Shop.Reply repeat(JsonNode event) {
    return shop.post(
        "/api/events",
        Map.of(
            "type", event.path("type").asString(),
            "subject", event.path("subject").asString(),
            "data", event.path("data")));
  }

  private JsonNode counts() {
    return shop.get("/api/stats").expect(200).body().at("/orders/byStatus");
  }

  private static String golden(Contract<?> contract) {
    String resource = "/golden/%s.json".formatted(contract.name());
    try (InputStream in = EventsByHandIT.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
