package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Texts in every Unicode form in which people can type them. */
class TextsIT {

  private static final String PRODUCTS = "/api/inventory/products";

  /** White space and what has no width. */
  private static final List<String> BLANKS =
      List.of(
          " ", "\t", "\n", "\u0085", "\u00a0", "\u00ad", "\u1680", "\u180e", "\u2003", "\u200b",
          "\u200c", "\u200d", "\u2028", "\u202f", "\u2060", "\u3000", "\ufeff");

  /** What no code has: control, format, bidirectional, private-use and invisible characters. */
  private static final List<String> INVISIBLE =
      List.of(
          "\u0000",
          "\u0007",
          "\n",
          "\u2028",
          "\u200b",
          "\u200d",
          "\u202e",
          "\u2067",
          "\u00ad",
          "\ufeff",
          "\ue000",
          "\udb80\udc00",
          "\u034f",
          "\u3164",
          "\u2800",
          "\ufe0f",
          "\uffff",
          "\udb40\udd00",
          "\udb40\udc41");

  private final Shop shop = SharedServer.get().shop();
  private final String word = "T" + UUID.randomUUID().toString().substring(0, 8);

  private Shop.Reply create(String sku, String name) {
    Map<String, Object> body = new HashMap<>();
    body.put("sku", sku);
    body.put("name", name);
    body.put("price", Map.of("amount", "1.00", "currency", "BRL"));
    body.put("stock", 10);
    return shop.post(PRODUCTS, body);
  }

  private List<String> found(String query) {
    return shop.get(PRODUCTS + query)
        .expect(200)
        .body()
        .path("items")
        .valueStream()
        .map(item -> item.path("id").asString())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void outer_white_space_is_trimmed_alike_in_creation_order_lines_and_search() {
    UUID customer = shop.customer();
    int number = 0;
    for (String blank : BLANKS) {
      String sku = word + "-" + number++;
      JsonNode product = create(blank + sku + blank, blank + "Name" + blank).expect(201).body();
      assertThat(product.path("sku").asString()).isEqualTo(sku);
      assertThat(product.path("name").asString()).isEqualTo("Name");
      String id = product.path("id").asString();
      assertThat(found("?sku=" + encoded(blank + sku + blank))).containsExactly(id);
      assertThat(found("?q=" + encoded(blank + sku + blank))).contains(id);
      Shop.Reply order =
          shop.post(
                  "/api/orders",
                  Map.of(
                      "customerId",
                      customer,
                      "draft",
                      true,
                      "items",
                      List.of(Map.of("sku", blank + sku + blank, "quantity", 1))))
              .expect(201);
      assertThat(order.body().path("items").path(0).path("sku").asString()).isEqualTo(sku);
      assertThat(create(sku + blank, "Other").status()).isEqualTo(409);
    }
  }

  @Test
  void a_text_without_visible_characters_is_empty() {
    for (String blank : BLANKS) {
      assertThat(create(blank + blank, "Name").status()).isEqualTo(400);
      assertThat(create(word + "-blank", blank).status()).isEqualTo(400);
      assertThat(
              shop.post("/api/customers", Map.of("name", blank, "email", word + "@example.org"))
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void a_sku_has_nothing_that_cannot_be_seen() {
    for (String point : INVISIBLE) {
      Shop.Reply reply = create(word + point + "x", "Name").expect(400);
      JsonNode error = reply.body().path("errors").path(0);
      assertThat(error.path("pointer").asString()).isEqualTo("/sku");
      assertThat(shop.get(PRODUCTS + "?sku=" + encoded(word + "\u202ex")).status()).isEqualTo(400);
    }
    assertThat(found("?q=" + word)).isEmpty();
  }

  @Test
  void skus_that_look_alike_are_one_and_the_answer_names_the_other() {
    String id = create(word + "A1", "Name").expect(201).text("id");
    String wide = word + "\uff21\uff11";
    Shop.Reply refused = create(wide, "Other").expect(409);
    assertThat(refused.text("type")).endsWith("/problems/sku-taken");
    assertThat(refused.text("detail")).contains("\"" + word + "A1\"");
    assertThat(found("?sku=" + encoded(wide))).containsExactly(id);
    assertThat(found("?q=" + encoded(wide))).containsExactly(id);
    Shop.Reply order =
        shop.post(
                "/api/orders",
                Map.of(
                    "customerId",
                    shop.customer(),
                    "draft",
                    true,
                    "items",
                    List.of(Map.of("sku", wide, "quantity", 1))))
            .expect(201);
    assertThat(order.body().path("items").path(0).path("productId").asString()).isEqualTo(id);

    String other = create(word + "B2", "Name").expect(201).text("id");
    Shop.Reply renamed = shop.put(PRODUCTS + "/" + other, Map.of("sku", wide)).expect(409);
    assertThat(renamed.text("detail")).contains("\"" + word + "A1\"");
    shop.put(PRODUCTS + "/" + id, Map.of("sku", wide)).expect(200);
    assertThat(found("?sku=" + word + "A1")).containsExactly(id);
  }

  @Test
  void case_tells_skus_apart_and_a_search_ignores_it() {
    String upper = create(word + "85123A", "Name").expect(201).text("id");
    String lower = create(word + "85123a", "Name").expect(201).text("id");
    assertThat(found("?sku=" + word + "85123a")).containsExactly(lower);
    assertThat(found("?q=" + word + "85123A")).containsExactlyInAnyOrder(upper, lower);
  }

  @Test
  void a_search_matches_whatever_the_normal_form() {
    String composed =
        create(word + "-1", word + " Caf\u00e9 \u00c5ngstr\u00f6m").expect(201).text("id");
    String apart =
        create(word + "-2", word + " Cafe\u0301 A\u030angstro\u0308m").expect(201).text("id");
    for (String typed :
        List.of(
            "caf\u00e9 \u00e5ngstr\u00f6m",
            "cafe\u0301 a\u030angstro\u0308m",
            "\uff43af\u00e9 \u00e5ngstr\u00f6m",
            "CAF\u00c9 \u212bNGSTR\u00d6M")) {
      assertThat(found("?q=" + encoded(word + " " + typed)))
          .as(typed)
          .containsExactlyInAnyOrder(composed, apart);
    }
    String wide = create(word + "-3", word + " \uff34\uff25\uff21").expect(201).text("id");
    assertThat(found("?q=" + encoded(word + " tea"))).containsExactly(wide);
    String email = word.toLowerCase(java.util.Locale.ROOT) + "@example.org";
    shop.post("/api/customers", Map.of("name", word + " Jose\u0301", "email", email)).expect(201);
    assertThat(
            shop.get("/api/customers?name=" + encoded(word + " JOS\u00c9"))
                .expect(200)
                .body()
                .path("items"))
        .hasSize(1);
  }

  @Test
  void lengths_count_characters() {
    String mouse = "\ud83d\udc2d";
    create(word + mouse.repeat(64 - word.length()), mouse.repeat(200)).expect(201);
    create(word + mouse.repeat(65 - word.length()), "Name").expect(400);
    create(word, mouse.repeat(201)).expect(400);
  }

  @Test
  void a_password_is_the_same_in_every_normal_form_and_of_any_script() {
    String email = word.toLowerCase(java.util.Locale.ROOT) + "-p@example.org";
    String typed = "e\u0301".repeat(30) + "\u8a9e".repeat(34);
    shop.post("/api/customers", Map.of("name", "Ana", "email", email, "password", typed))
        .expect(201);
    Shop.login(shop.url(), email, "\u00e9".repeat(30) + "\u8a9e".repeat(34));
    Shop.anonymous(shop.url())
        .post(
            "/api/auth/token",
            Map.of("username", email, "password", "\u00e9".repeat(30) + "\u8a9e".repeat(33)))
        .expect(401);
    Shop.Reply common =
        shop.post(
                "/api/customers",
                Map.of("name", "Ana", "email", "x" + email, "password", "Password1"))
            .expect(400);
    assertThat(common.body().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/password");
  }
}
