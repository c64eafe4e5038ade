package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A card number is refused wherever a request has text, so that none gets into a record. */
class CardNumbersIT {

  private static final String CARD = "4111111111111111";

  /** Members with a form of their own, in which a long number can be right. */
  private static final Set<String> WITH_LONG_NUMBERS =
      Set.of("sku", "email", "phone", "username", "otp", "code", "trackingCode", "recipient");

  private static final Set<String> SECRETS = Set.of("token", "refreshToken");

  /** The signature is checked before the body, and the texts are the provider's. */
  private static final String WEBHOOK = "/api/payments/webhook";

  private final Shop shop = SharedServer.get().shop();
  private final JsonNode document = shop.get("/openapi.json").expect(200).body();

  private record Member(String verb, String path, String pointer, JsonNode schema, JsonNode body) {}

  @Test
  void every_free_text_of_every_request_refuses_a_card_number() {
    List<String> tried = new ArrayList<>();
    for (Member member : members()) {
      String name = member.pointer().substring(member.pointer().lastIndexOf('/') + 1);
      boolean hidden = member.schema().path("format").asString("").equals("password");
      // The secret of a link or a session is stored as a hash at most.
      boolean secret = member.path().startsWith("/api/auth/") && SECRETS.contains(name);
      if (hidden || secret || WITH_LONG_NUMBERS.contains(name)) {
        continue;
      }
      String path = member.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
      Shop.Reply reply = shop.send(member.verb(), path, member.body(), Map.of());
      String what = member.verb() + " " + member.path() + " " + member.pointer();
      assertThat(reply.status()).as(what).isEqualTo(400);
      assertThat(reply.response().body()).as(what).doesNotContain(CARD);
      assertThat(reply.body().at("/errors/0/pointer").asString())
          .as(what)
          .isEqualTo(member.pointer());
      assertThat(reply.body().at("/errors/0/message").asString())
          .as(what)
          .contains("12..19 digits", "16 digits");
      tried.add(what);
    }
    assertThat(tried)
        .contains(
            "POST /api/orders /payment/token",
            "POST /api/orders /shippingAddress",
            "DELETE /api/orders/{id} /reason",
            "POST /api/payments/process /token",
            "POST /api/payments/{id}/refund /reason",
            "POST /api/shipments/{id}/dispatch /carrier",
            "POST /api/customers /name",
            "POST /api/notifications/email /content",
            "POST /api/inventory/products /description",
            "POST /api/inventory/stock/add /reason",
            "DELETE /api/dlq/{id} /reason")
        .hasSizeGreaterThan(25);
  }

  @Test
  void a_password_a_telephone_number_and_a_code_may_be_long_numbers() {
    String address = CARD.substring(3) + UUID.randomUUID().toString().substring(0, 8);
    shop.post(
            "/api/customers",
            Map.of(
                "name",
                "Ana",
                "email",
                address + "@example.org",
                "phone",
                "378282246310005",
                "password",
                CARD + " is no card"))
        .expect(201);
    shop.post(
            "/api/inventory/products",
            Map.of(
                "sku",
                CARD + "-" + UUID.randomUUID().toString().substring(0, 8),
                "name",
                "Mug",
                "stock",
                1,
                "price",
                Shop.money("1.00")))
        .expect(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4111 1111 1111 1111", "tok_4111111111111111", "4111-1111-1111-1111"})
  void an_order_with_a_card_number_for_a_token_leaves_no_trace(String token) {
    UUID product = shop.product("Refused", 5);
    UUID customer = shop.customer();
    Shop.Reply reply = shop.place(customer, token, List.of(item(product, 1))).expect(400);
    assertThat(reply.body().at("/errors/0/pointer").asString()).isEqualTo("/payment/token");
    assertThat(shop.get("/api/orders?customerId=" + customer).body().path("items")).isEmpty();
  }

  @Test
  void a_refused_card_number_is_on_record_without_its_digits() {
    String token = UUID.randomUUID() + " " + CARD;
    shop.place(shop.customer(), token, List.of(item(shop.product("Refused", 1), 1))).expect(400);

    String records = "/api/audit?limit=200&action=security.card_number.refused&subject=";
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(shop.get(records + "POST%20/api/orders").body().path("items"))
                .anySatisfy(record -> {
                  assertThat(record.path("actor").asString()).isEqualTo("admin");
                  assertThat(record.path("changes").toString()).contains("/payment/token");
                  assertThat(record.toString()).doesNotContain(CARD);
                }));
  }

  @Test
  void a_card_number_for_a_correlation_id_is_ignored() {
    Shop.Reply reply =
        shop.send("GET", "/api/inventory/products", null, Map.of("X-Correlation-Id", CARD));
    assertThat(reply.header("X-Correlation-Id")).isNotBlank().doesNotContain(CARD);
  }

  @Test
  void an_event_by_hand_has_no_card_number() {
    Shop.Reply reply =
        shop.post(
                "/api/events?check=false",
                Map.of(
                    "type",
                    "sales.order.paid",
                    "subject",
                    UUID.randomUUID(),
                    "key",
                    UUID.randomUUID(),
                    "data",
                    Map.of("lines", List.of(Map.of("token", CARD)))))
            .expect(400);
    assertThat(reply.body().at("/errors/0/pointer").asString()).isEqualTo("/data/lines/0/token");
  }

  private List<Member> members() {
    List<Member> members = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  JsonNode body = operation.getValue().at("/requestBody/content/application~1json");
                  if (!body.isMissingNode() && !path.getKey().equals(WEBHOOK)) {
                    String verb = operation.getKey().toUpperCase(Locale.ROOT);
                    collect(verb, path.getKey(), body, "", body.path("schema"), members);
                  }
                }));
    return members;
  }

  private void collect(
      String verb, String path, JsonNode body, String pointer, JsonNode any, List<Member> found) {
    JsonNode schema = Bodies.followed(document, any);
    JsonNode type = schema.path("type");
    switch (type.isArray() ? type.path(0).asString() : type.asString("")) {
      case "object" ->
          schema
              .path("properties")
              .properties()
              .forEach(member ->
                  collect(
                      verb, path, body, pointer + "/" + member.getKey(), member.getValue(), found));
      case "array" -> collect(verb, path, body, pointer + "/0", schema.path("items"), found);
      case "string" -> {
        String format = schema.path("format").asString("");
        boolean free = format.isEmpty() || format.equals("password");
        if (free && !pointer.endsWith("/amount") && !pointer.endsWith("/currency")) {
          JsonNode example = body.path("example").deepCopy();
          ObjectNode sent =
              example instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
          put(sent, pointer.substring(1).split("/"), 0);
          found.add(new Member(verb, path, pointer, schema, sent));
        }
      }
      default -> {} // no text
    }
  }

  /** Puts the card number there, in whatever objects and lists that takes. */
  private static void put(JsonNode at, String[] steps, int step) {
    boolean last = step == steps.length - 1;
    if (at instanceof ArrayNode array) {
      if (array.isEmpty()) {
        array.addObject();
      }
      if (last) {
        array.set(0, JsonNodeFactory.instance.stringNode(CARD));
      } else {
        put(array.path(0), steps, step + 1);
      }
    } else if (at instanceof ObjectNode object) {
      String name = steps[step];
      if (last) {
        object.put(name, CARD);
        return;
      }
      if (!object.path(name).isContainer()) {
        boolean list = steps[step + 1].equals("0");
        JsonNode inner =
            list ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
        object.set(name, inner);
      }
      put(object.path(name), steps, step + 1);
    }
  }
}
