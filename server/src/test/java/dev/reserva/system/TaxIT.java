package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static dev.reserva.system.Shop.money;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The tax of products and orders over the API, in a shop whose prices contain it. */
class TaxIT {

  private final Shop shop = SharedServer.get().shop();

  @Test
  void an_order_shows_the_tax_of_its_lines_and_keeps_it_when_the_product_changes() {
    UUID mug = product("Mug", "0.19", "kitchen");
    UUID book = product("Book", "0.070", "books");
    UUID gift = shop.product("Gift", 10);

    JsonNode placed =
        shop.place(
                shop.customer(), "tok_approve", List.of(item(mug, 3), item(book, 1), item(gift, 1)))
            .expect(201)
            .body();
    assertThat(placed.at("/items/0/taxRate").asString()).isEqualTo("0.19");
    assertThat(placed.at("/items/0/taxCode").asString()).isEqualTo("kitchen");
    assertThat(placed.at("/items/0/taxIncluded").asBoolean()).isTrue();
    assertThat(amount(placed, "/items/0/tax")).isEqualTo("4.79");
    assertThat(amount(placed, "/items/0/net")).isEqualTo("25.21");
    assertThat(amount(placed, "/items/0/total")).isEqualTo("30.00");
    assertThat(placed.path("items").path(2).has("tax")).isFalse();
    assertThat(amount(placed, "/total")).isEqualTo("50.00");
    assertThat(amount(placed, "/tax")).isEqualTo("5.44");
    assertThat(amount(placed, "/net")).isEqualTo("44.56");
    assertThat(placed.path("taxes"))
        .extracting(rate -> rate.path("rate").asString() + " " + amount(rate, "/tax"))
        .containsExactly("0.07 0.65", "0.19 4.79");

    UUID order = UUID.fromString(placed.path("id").asString());
    shop.awaitStatus(order, "CONFIRMED");
    shop.put("/api/inventory/products/" + mug, Map.of("taxRate", "0.5", "name", "Cup")).expect(200);
    shop.awaitNoLag();
    JsonNode later = shop.order(order);
    assertThat(later.path("items")).isEqualTo(placed.path("items"));
    assertThat(later.path("taxes")).isEqualTo(placed.path("taxes"));

    for (String status : List.of("SHIPPED", "DELIVERED")) {
      shop.put("/api/orders/" + order + "/status", Map.of("status", status)).expect(200);
    }
    String returns = "/api/orders/" + order + "/returns";
    JsonNode first = shop.post(returns, Map.of("items", List.of(item(mug, 1)))).expect(201).body();
    JsonNode rest = shop.post(returns, null).expect(201).body();
    assertThat(amount(first, "/items/0/tax")).isEqualTo("1.60");
    assertThat(amount(rest, "/items/0/tax")).isEqualTo("3.19");
    assertThat(amount(rest, "/refund")).isEqualTo("40.00");
    shop.assertIntegrity();
  }

  @Test
  void an_order_without_rates_looks_as_ever() {
    JsonNode placed =
        shop.place(shop.customer(), "tok_approve", List.of(item(shop.product("Plain", 1), 1)))
            .expect(201)
            .body();
    for (String member : List.of("net", "tax", "taxes")) {
      assertThat(placed.has(member)).as(member).isFalse();
    }
    for (String member : List.of("net", "tax", "taxRate", "taxCode", "taxIncluded")) {
      assertThat(placed.path("items").path(0).has(member)).as(member).isFalse();
    }
  }

  @Test
  void a_rate_that_is_none_is_named_and_changes_nothing() {
    UUID mug = product("Mug", "0.19", "kitchen");
    for (String wrong : List.of("19", "1", "-0.1", "0.1234567", "0,19", "x")) {
      Shop.Reply refused =
          shop.put("/api/inventory/products/" + mug, Map.of("taxRate", wrong)).expect(400);
      assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/taxRate");
    }
    Shop.Reply refused =
        shop.put("/api/inventory/products/" + mug, Map.of("taxCode", "x".repeat(51))).expect(400);
    assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/taxCode");
    assertThat(shop.productNow(mug).path("taxRate").asString()).isEqualTo("0.19");

    shop.put("/api/inventory/products/" + mug, Map.of("taxRate", "", "taxCode", "")).expect(200);
    assertThat(shop.productNow(mug).path("taxRate").isNull()).isTrue();
    assertThat(shop.productNow(mug).path("taxCode").isNull()).isTrue();
  }

  private UUID product(String name, String rate, String code) {
    Map<String, Object> body = new HashMap<>();
    body.put("sku", name + "-" + UUID.randomUUID());
    body.put("name", name);
    body.put("price", money("10.00"));
    body.put("taxRate", rate);
    body.put("taxCode", code);
    body.put("stock", 10);
    return shop.post("/api/inventory/products", body).expect(201).id();
  }

  private static String amount(JsonNode node, String pointer) {
    return node.at(pointer + "/amount").asString();
  }
}
