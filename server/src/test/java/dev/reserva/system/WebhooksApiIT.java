package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The API of webhooks on a whole server, whose rules refuse its own addresses. */
class WebhooksApiIT {

  private static final String URL = "https://hooks.invalid/reserva";

  private final Shop shop = SharedServer.get().shop();

  @Test
  void a_secret_is_shown_once_and_an_endpoint_is_changed_and_removed() {
    Shop.Reply made =
        shop.post("/api/webhooks", Map.of("url", URL, "types", List.of("sales.order.*")))
            .expect(201);
    assertThat(made.text("secret")).startsWith("whsec_");
    String path = "/api/webhooks/" + made.id();
    assertThat(made.header("Location")).isEqualTo(path);
    assertThat(shop.get(path).expect(200).body().has("secret")).isFalse();
    String rotated = shop.post(path + "/rotate-secret", null).expect(200).text("secret");
    assertThat(rotated).startsWith("whsec_").isNotEqualTo(made.text("secret"));
    assertThat(shop.get(path).expect(200).body().has("formerSecretUntil")).isTrue();

    JsonNode disabled =
        shop.put(path, Map.of("url", URL, "types", List.of("*"), "enabled", false))
            .expect(200)
            .body();
    assertThat(disabled.path("state").asString()).isEqualTo("DISABLED");
    assertThat(disabled.path("disabledReason").asString()).isEqualTo("operator");
    shop.post(path + "/test", null).expect(409);
    shop.post(path + "/replay", Map.of("from", "2026-01-01T00:00:00Z")).expect(409);
    shop.delete(path, null).expect(204);
    shop.get(path).expect(404);
  }

  @Test
  void an_event_of_the_shop_is_attempted_and_logged() {
    Shop.Reply made =
        shop.post(
                "/api/webhooks", Map.of("url", URL, "types", List.of("inventory.product.created")))
            .expect(201);
    String path = "/api/webhooks/" + made.id();
    UUID product = shop.product("Hook", 1);
    JsonNode delivery =
        Shop.eventually(
            "an attempt",
            () ->
                shop.all(path + "/deliveries").stream()
                    .filter(one -> !one.path("attempts").isEmpty())
                    .findFirst()
                    .orElse(null));
    assertThat(delivery.path("type").asString()).isEqualTo("inventory.product.created");
    assertThat(delivery.at("/attempts/0/error").asString())
        .isEqualTo("the host's name cannot be resolved");
    assertThat(delivery.path("status").asString()).isEqualTo("PENDING");
    assertThat(product).isNotNull();
    shop.assertIntegrity();
    shop.delete(path, null).expect(204);
  }

  @Test
  void what_is_wrong_is_named() {
    assertThat(refused(Map.of("types", List.of("*")))).isEqualTo("/url");
    assertThat(refused(Map.of("url", URL))).isEqualTo("/types");
    assertThat(refused(Map.of("url", URL, "types", List.of("*", "kitchen.*"))))
        .isEqualTo("/types/1");
    for (String url : List.of("http://shop.example/", "https://127.0.0.1/", "https://[::1]/")) {
      assertThat(refused(Map.of("url", url, "types", List.of("*")))).as(url).isEqualTo("/url");
    }
    assertThat(
            shop.post("/api/webhooks", Map.of("url", URL, "types", List.of("*"), "x", 1)).status())
        .isEqualTo(400);
    assertThat(shop.get("/api/webhooks/" + UUID.randomUUID() + "/deliveries").status())
        .isEqualTo(404);
  }

  private String refused(Map<String, Object> body) {
    return shop.post("/api/webhooks", body).expect(400).body().at("/errors/0/pointer").asString();
  }
}
