package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Filters and searches of orders over HTTP. */
class FindOrdersIT {

  private final Shop shop = SharedServer.get().shop();

  @Test
  void an_order_is_found_by_its_number() {
    UUID product = shop.product("Numbered", 10);
    UUID customer = shop.customer();
    Shop.Reply first = shop.place(customer, null, List.of(item(product, 1))).expect(201);
    Shop.Reply second = shop.place(customer, null, List.of(item(product, 1))).expect(201);
    String number = first.text("number");
    assertThat(number).matches("R-[0-9]{6,12}-[0-9]").isNotEqualTo(second.text("number"));
    assertThat(found("number=" + number)).containsExactly(first.id());
    assertThat(found("number=" + number.toLowerCase(java.util.Locale.ROOT)))
        .containsExactly(first.id());
    assertThat(found("number=%s&customerId=%s".formatted(number, shop.customer()))).isEmpty();
    char wrong = number.charAt(number.length() - 1) == '0' ? '1' : '0';
    Shop.Reply mistyped =
        shop.get("/api/orders?number=" + number.substring(0, number.length() - 1) + wrong);
    assertThat(mistyped.expect(400).body().at("/errors/0/message").asString())
        .contains("R-000123-4", "a digit of");
    assertThat(shop.all("/api/events?key=" + first.id()).getFirst().at("/data/number").asString())
        .isEqualTo(number);
  }

  @Test
  void orders_are_searched_by_sku_total_and_reason() {
    UUID product = shop.product("Searched", 10, "17.00");
    String sku = encoded(shop.productNow(product).path("sku").asString());
    UUID customer = shop.customer();
    UUID one = shop.place(customer, null, List.of(item(product, 1))).expect(201).id();
    UUID two = shop.place(customer, null, List.of(item(product, 2))).expect(201).id();
    shop.place(customer, null, List.of(item(shop.product("Other", 9), 1))).expect(201);
    assertThat(found("sku=" + sku)).containsExactly(two, one);
    assertThat(found("sku=%s&currency=BRL&minTotal=17.01".formatted(sku))).containsExactly(two);
    assertThat(found("sku=%s&currency=BRL&maxTotal=34&minTotal=34.00".formatted(sku)))
        .containsExactly(two);
    assertThat(found("sku=%s&currency=USD".formatted(sku))).isEmpty();
    shop.awaitStatus(one, "CONFIRMED");
    shop.delete("/api/orders/" + one, Map.of("reason", "Fraude no cartão")).expect(202);
    assertThat(found("customerId=%s&reason=%s".formatted(customer, encoded("NO CARTÃO"))))
        .containsExactly(one);
    assertThat(found("customerId=%s&reason=operator".formatted(customer))).containsExactly(one);

    JsonNode page = shop.get("/api/orders?limit=1&sku=" + sku).expect(200).body();
    String cursor = page.path("nextCursor").asString();
    assertThat(
            shop.get("/api/orders?limit=1&sku=%s&cursor=%s".formatted(sku, cursor))
                .expect(200)
                .body()
                .at("/items/0/id")
                .asString())
        .isEqualTo(one.toString());
    shop.get("/api/orders?limit=1&cursor=" + cursor).expect(400);
    shop.get("/api/orders?minTotal=1").expect(400);
    shop.get("/api/orders?total=1").expect(400);
  }

  private List<UUID> found(String query) {
    return shop.all("/api/orders?" + query).stream()
        .map(order -> UUID.fromString(order.path("id").asString()))
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
