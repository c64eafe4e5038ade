package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Drafts over the API, and inactive products. */
class DraftsIT {

  private final Shop shop = SharedServer.get().shop();

  @Test
  void a_draft_is_changed_priced_anew_and_confirmed() {
    UUID product = shop.product("Changing", 10, "10.00");
    UUID other = shop.product("Other", 10, "7.00");
    UUID draft = draft(product, 3);
    Shop.Reply revised =
        shop.send(
                "PUT",
                "/api/orders/" + draft,
                Map.of(
                    "items", List.of(item(product, 2), item(other, 1)), "shippingAddress", "Rua 2"),
                Map.of("If-Match", "\"1\""))
            .expect(200);
    assertThat(revised.body().at("/total/amount").asString()).isEqualTo("27.00");
    assertThat(revised.header("ETag")).isEqualTo(shop.get("/api/orders/" + draft).header("ETag"));
    shop.send(
            "PUT",
            "/api/orders/" + draft,
            Map.of("items", List.of(item(product, 1))),
            Map.of("If-Match", "\"1\""))
        .expect(412);

    reprice(product, "12.50");
    String submit = "/api/orders/" + draft + "/submit";
    Shop.Reply refused =
        Shop.eventually(
            "sales knows the new price",
            () -> {
              Shop.Reply reply = shop.post(submit, Map.of("expectedTotal", Shop.money("32.01")));
              return reply.body().at("/total/amount").asString().equals("32.00") ? reply : null;
            });
    assertThat(refused.expect(409).text("type")).isEqualTo("/problems/price-changed");
    assertThat(shop.get("/api/orders/" + draft).body().at("/total/amount").asString())
        .isEqualTo("27.00");
    Shop.Reply submitted =
        shop.post(submit, Map.of("expectedTotal", Shop.money("32.00"))).expect(200);
    assertThat(submitted.body().at("/previousTotal/amount").asString()).isEqualTo("27.00");
    JsonNode confirmed = shop.awaitStatus(draft, "CONFIRMED");
    assertThat(confirmed.at("/total/amount").asString()).isEqualTo("32.00");
    assertThat(confirmed.path("items")).hasSize(2);
    assertThat(confirmed.has("previousTotal")).isFalse();
    shop.assertIntegrity();
  }

  @Test
  void a_deleted_draft_is_gone_and_no_longer_counted() {
    long before = drafts();
    UUID draft = draft(shop.product("Short-lived", 1, "10.00"), 1);
    assertThat(drafts()).isEqualTo(before + 1);
    shop.delete("/api/orders/" + draft, null).expect(204);
    assertThat(drafts()).isEqualTo(before);
    shop.get("/api/orders/" + draft).expect(404);
    shop.delete("/api/orders/" + draft, null).expect(404);
    shop.assertIntegrity();
  }

  @Test
  void an_inactive_product_is_named_as_such_wherever_it_is_ordered() {
    UUID product = shop.product("Old", 10, "10.00");
    UUID draft = draft(product, 1);
    discontinue(product);
    Shop.eventually(
        "sales knows that the product is inactive",
        () ->
            shop.place(shop.customer(), null, List.of(item(product, 1))).status() == 422
                ? true
                : null);
    for (Shop.Reply refused :
        List.of(
            shop.place(shop.customer(), null, List.of(item(product, 1))),
            shop.post("/api/orders/" + draft + "/submit", null),
            shop.send(
                "PUT",
                "/api/orders/" + draft,
                Map.of("items", List.of(item(product, 2))),
                Map.of()),
            shop.post(
                "/api/inventory/stock/reserve",
                Map.of(
                    "orderId",
                    UUID.randomUUID().toString(),
                    "items",
                    List.of(item(product, 11)))))) {
      assertThat(refused.expect(422).text("type")).isEqualTo("/problems/inactive-product");
    }
  }

  private UUID draft(UUID product, int quantity) {
    Map<String, Object> order =
        new LinkedHashMap<>(Shop.order(shop.customer(), null, List.of(item(product, quantity))));
    order.put("draft", true);
    Shop.Reply made = shop.post("/api/orders", order).expect(201);
    assertThat(made.text("status")).isEqualTo("DRAFT");
    return made.id();
  }

  private void reprice(UUID product, String price) {
    shop.send(
            "PUT",
            "/api/inventory/products/" + product,
            Map.of("name", "Changing", "price", Shop.money(price)),
            Map.of())
        .expect(200);
  }

  private void discontinue(UUID product) {
    shop.send("PUT", "/api/inventory/products/" + product, Map.of("active", false), Map.of())
        .expect(200);
  }

  private long drafts() {
    return shop.get("/api/stats").expect(200).body().at("/orders/byStatus/DRAFT").asLong(0);
  }
}
