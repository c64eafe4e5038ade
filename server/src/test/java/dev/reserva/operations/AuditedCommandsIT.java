package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.messaging.Backbone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the audit trail tells of each command of staff, and of security events. */
class AuditedCommandsIT {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String PASSWORD = "correct horse battery";

  private static TestReserva reserva;
  private static UUID product;
  private static UUID customer;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("", null);
    product = id(admin("POST", "/api/inventory/products", product("AUDITED")));
    customer =
        id(
            admin(
                "POST",
                "/api/customers",
                "{\"name\":\"Ana Souza\",\"email\":\"ana@example.com\",\"phone\":\"+55 11 5555-0100\",\"password\":\"%s\"}"
                    .formatted(PASSWORD)));
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private static String product(String sku) {
    return "{\"sku\":\"%s\",\"name\":\"Thing\",\"price\":{\"amount\":\"10.00\",\"currency\":\"BRL\"},\"stock\":100}"
        .formatted(sku);
  }

  private static Reply admin(String method, String path, @Nullable String body) {
    Reply reply = reserva.call(method, path, reserva.admin(), body);
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.body()).isBetween(200, 299);
    return reply;
  }

  private static UUID id(Reply reply) {
    return UUID.fromString(reply.json().path("id").asString());
  }

  private static List<JsonNode> items(String query) {
    Reply found = reserva.call("GET", "/api/audit" + query, reserva.admin(), null);
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return found.json().path("items").valueStream().toList();
  }

  private static JsonNode newest(String action, Object subject) {
    String query =
        "?action=%s&subject=%s"
            .formatted(action, URLEncoder.encode(subject.toString(), StandardCharsets.UTF_8));
    await().atMost(LONG).until(() -> !items(query).isEmpty());
    return items(query).getFirst();
  }

  /** The changes of the newest item, each as {@code before -> after}. */
  private static Map<String, String> changes(String action, Object subject) {
    return newest(action, subject)
        .path("changes")
        .valueStream()
        .collect(
            Collectors.toMap(
                change -> change.path("field").asString(),
                change ->
                    change.path("before").asString("")
                        + " -> "
                        + change.path("after").asString("")));
  }

  private static UUID order(String token) {
    return order(customer, token);
  }

  private static UUID order(UUID buyer, String token) {
    return id(
        reserva.call(
            "POST",
            "/api/orders",
            token,
            "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"boleto\",\"token\":\"tok_pending\"}}"
                .formatted(buyer, product)));
  }

  private static void awaitStatus(UUID order, String status) {
    await()
        .atMost(LONG)
        .until(
            () -> admin("GET", "/api/orders/" + order, null).json().path("status").asString(),
            status::equals);
  }

  private static UUID paymentOf(UUID order) {
    return await()
        .atMost(LONG)
        .until(
            () ->
                admin("GET", "/api/payments?orderId=" + order, null)
                    .json()
                    .path("items")
                    .valueStream()
                    .filter(payment -> payment.has("code"))
                    .map(payment -> UUID.fromString(payment.path("id").asString()))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  @Test
  void a_new_product_is_told_with_its_price_and_stock() {
    assertThat(changes("inventory.product.create", product))
        .containsEntry("sku", " -> AUDITED")
        .containsEntry("price", " -> 10.00 BRL")
        .containsEntry("stock", " -> 100");
  }

  @Test
  void a_change_of_price_is_told_with_both_prices_and_nothing_else() {
    UUID dear = id(admin("POST", "/api/inventory/products", product("DEAR")));
    admin(
        "PUT",
        "/api/inventory/products/" + dear,
        "{\"name\":\"Thing\",\"price\":{\"amount\":\"12.50\",\"currency\":\"BRL\"}}");

    assertThat(changes("inventory.product.update", dear))
        .isEqualTo(Map.of("price", "10.00 BRL -> 12.50 BRL"));
  }

  @Test
  void a_change_of_stock_is_told_with_both_quantities() {
    UUID counted = id(admin("POST", "/api/inventory/products", product("COUNTED")));
    admin("PATCH", "/api/inventory/products/%s/stock".formatted(counted), "{\"stock\":90}");
    admin(
        "POST",
        "/api/inventory/stock/add",
        "{\"productId\":\"%s\",\"quantity\":5}".formatted(counted));

    assertThat(changes("inventory.stock.count", counted)).isEqualTo(Map.of("stock", "100 -> 90"));
    assertThat(changes("inventory.stock.receive", counted)).isEqualTo(Map.of("stock", "90 -> 95"));
  }

  @Test
  void a_reservation_by_hand_and_its_end_are_told() {
    UUID order = UUID.randomUUID();
    String body =
        "{\"orderId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}]}"
            .formatted(order, product);
    UUID released = id(admin("POST", "/api/inventory/stock/reserve", body));
    admin("POST", "/api/inventory/reservations/%s/release".formatted(released), null);
    UUID confirmed =
        id(
            admin(
                "POST",
                "/api/inventory/stock/reserve",
                body.replace(order.toString(), UUID.randomUUID().toString())));
    admin("POST", "/api/inventory/reservations/%s/confirm".formatted(confirmed), null);

    assertThat(changes("inventory.stock.reserve", released))
        .containsEntry("orderId", " -> " + order);
    assertThat(changes("inventory.reservation.release", released))
        .isEqualTo(Map.of("status", "RESERVED -> RELEASED"));
    assertThat(changes("inventory.reservation.confirm", confirmed))
        .isEqualTo(Map.of("status", "RESERVED -> CONFIRMED"));
  }

  @Test
  void each_step_of_an_order_by_staff_is_told_with_both_states() {
    UUID order = order(reserva.admin());
    UUID payment = paymentOf(order);
    admin("PUT", "/api/payments/%s/status".formatted(payment), "{\"status\":\"SUCCEEDED\"}");
    awaitStatus(order, "CONFIRMED");
    admin("PUT", "/api/orders/%s/status".formatted(order), "{\"status\":\"SHIPPED\"}");
    admin(
        "POST",
        "/api/payments/%s/refund".formatted(payment),
        "{\"amount\":{\"amount\":\"4.00\",\"currency\":\"BRL\"}}");

    newest("sales.order.place", order);
    assertThat(changes("financial.payment.settle", payment).get("status"))
        .endsWith(" -> SUCCEEDED");
    assertThat(changes("sales.order.move", order))
        .isEqualTo(Map.of("status", "CONFIRMED -> SHIPPED"));
    assertThat(changes("financial.payment.refund", payment))
        .containsEntry("amount", " -> 4.00 BRL")
        .containsEntry("left", "10.00 BRL -> 6.00 BRL");
  }

  @Test
  void what_staff_does_with_a_draft_is_told() {
    String draft =
        "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}],\"draft\":true}"
            .formatted(customer, product);
    UUID submitted = id(admin("POST", "/api/orders", draft));
    admin(
        "PUT",
        "/api/orders/" + submitted,
        "{\"items\":[{\"productId\":\"%s\",\"quantity\":2}]}".formatted(product));
    admin("POST", "/api/orders/%s/submit".formatted(submitted), null);
    UUID deleted = id(admin("POST", "/api/orders", draft));
    admin("DELETE", "/api/orders/" + deleted, null);

    newest("sales.order.revise", submitted);
    assertThat(changes("sales.order.submit", submitted))
        .isEqualTo(Map.of("status", "DRAFT -> PENDING"));
    assertThat(changes("sales.order.cancel", deleted)).isEqualTo(Map.of("status", "DRAFT -> "));
  }

  @Test
  void a_payment_that_staff_asks_for_is_told() {
    UUID order = order(reserva.admin());
    paymentOf(order);
    UUID payment =
        id(
            admin(
                "POST",
                "/api/payments/process",
                "{\"orderId\":\"%s\",\"method\":\"pix\"}".formatted(order)));

    assertThat(changes("financial.payment.process", payment))
        .isEqualTo(
            Map.of("orderId", " -> " + order, "method", " -> pix", "amount", " -> 10.00 BRL"));
  }

  @Test
  void a_change_of_a_customer_names_what_changed_and_shows_no_personal_data() {
    UUID changed =
        id(
            admin(
                "POST", "/api/customers", "{\"name\":\"Bia Reis\",\"email\":\"bia@example.com\"}"));
    admin(
        "PUT",
        "/api/customers/" + changed,
        "{\"name\":\"Bia Lima\",\"email\":\"bia@example.com\",\"phone\":\"+55 11 5555-0101\"}");
    admin("DELETE", "/api/customers/" + changed, null);

    newest("customers.customer.register", changed);
    assertThat(changes("customers.customer.update", changed))
        .isEqualTo(Map.of("changed", " -> name, phone"));
    assertThat(changes("customers.customer.deactivate", changed))
        .isEqualTo(Map.of("active", "true -> false"));
    assertThat(items("?limit=200").toString()).doesNotContain("Bia", "bia@", "5555");
  }

  @Test
  void hiring_and_dismissing_is_told_with_the_roles() {
    admin(
        "POST",
        "/api/users",
        "{\"username\":\"short.term\",\"password\":\"%s\",\"roles\":[\"warehouse\",\"operator\"]}"
            .formatted(PASSWORD));
    admin("DELETE", "/api/users/short.term", null);

    assertThat(changes("customers.user.hire", "short.term"))
        .isEqualTo(Map.of("roles", " -> operator, warehouse", "active", " -> true"));
    assertThat(changes("customers.user.dismiss", "short.term"))
        .isEqualTo(Map.of("active", "true -> false"));
    assertThat(items("?limit=200").toString()).doesNotContain(PASSWORD);
  }

  @Test
  void dead_letters_and_events_by_hand_are_told() {
    UUID drill = UUID.randomUUID();
    for (int i = 0; i < 2; i++) {
      admin(
          "POST",
          "/api/events?check=false",
          "{\"type\":\"sales.order.paid\",\"subject\":\"%s\",\"key\":\"%s\",\"data\":{}}"
              .formatted(drill, drill));
    }
    UUID letter = await().atMost(LONG).until(AuditedCommandsIT::deadLetter, found -> found != null);
    admin("POST", "/api/dlq/%s/retry".formatted(letter), null);
    UUID again = await().atMost(LONG).until(AuditedCommandsIT::deadLetter, found -> found != null);
    admin("DELETE", "/api/dlq/" + again, "{\"reason\":\"a drill\"}");
    admin("POST", "/api/dlq/retry", "{\"subscription\":\"nobody\"}");

    assertThat(changes("operations.event.publish", drill))
        .containsEntry("type", " -> sales.order.paid")
        .containsEntry("checked", " -> false");
    assertThat(changes("operations.dead_letter.retry", letter))
        .isEqualTo(Map.of("status", "OPEN -> RETRYING"));
    assertThat(changes("operations.dead_letter.discard", again))
        .isEqualTo(Map.of("status", "OPEN -> DISCARDED", "reason", " -> a drill"));
    assertThat(changes("operations.dead_letter.retry_all", "dead letters"))
        .containsEntry("subscription", " -> nobody");
  }

  private static @Nullable UUID deadLetter() {
    return admin("GET", "/api/dlq", null)
        .json()
        .path("items")
        .valueStream()
        .map(item -> UUID.fromString(item.path("id").asString()))
        .findFirst()
        .orElse(null);
  }

  @Test
  void orders_that_staff_places_at_once_are_told_one_by_one_and_those_of_customers_not()
      throws Exception {
    UUID buyer = register("buyer@example.com");
    UUID byCustomer = order(buyer, session("buyer@example.com").path("accessToken").asString());
    List<UUID> byStaff = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(Thread.ofVirtual().start(() -> byStaff.add(order(reserva.admin()))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(byStaff).hasSize(20);
    byStaff.forEach(order -> newest("sales.order.place", order));
    assertThat(reserva.bean(Backbone.class).awaitCaughtUp("operations", LONG)).isTrue();

    assertThat(items("?subject=" + byCustomer)).isEmpty();
    for (UUID order : byStaff) {
      assertThat(items("?subject=" + order)).hasSize(1);
    }
  }

  @Test
  void a_log_in_is_on_record_and_a_failed_one_names_the_user_only_if_there_is_one() {
    reserva.login("ana@example.com", PASSWORD);
    logIn("ana@example.com", "wrong");
    logIn("admin", "wrong");
    logIn("my secret pass phrase", "wrong");

    assertThat(newest("security.login.succeeded", customer).path("actorKind").asString())
        .isEqualTo("customer");
    JsonNode failed = newest("security.login.failed", customer);
    assertThat(failed.path("actor").asString()).isEqualTo("anonymous");
    assertThat(failed.path("address").asString()).isEqualTo("127.0.0.1");
    newest("security.login.failed", "admin");
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(items("?action=security.login.failed"))
                .anyMatch(item -> item.path("changes").toString().contains("unknown")));
    assertThat(items("?limit=200").toString()).doesNotContain("secret", "ana@");
  }

  private static void logIn(String username, String password) {
    assertThat(
            reserva
                .call(
                    "POST",
                    "/api/auth/token",
                    null,
                    "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password))
                .status())
        .isEqualTo(401);
  }

  private static JsonNode session(String username) {
    return reserva
        .call(
            "POST",
            "/api/auth/token",
            null,
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, PASSWORD))
        .json();
  }

  private static Reply refresh(String token) {
    return reserva.call(
        "POST", "/api/auth/refresh", null, "{\"refreshToken\":\"%s\"}".formatted(token));
  }

  private static UUID register(String email) {
    return id(
        admin(
            "POST",
            "/api/customers",
            "{\"name\":\"Somebody\",\"email\":\"%s\",\"password\":\"%s\"}"
                .formatted(email, PASSWORD)));
  }

  @Test
  void a_refresh_token_that_is_used_twice_is_on_record() {
    register("stolen@example.com");
    String first = session("stolen@example.com").path("refreshToken").asString();
    String second = refresh(first).json().path("refreshToken").asString();
    refresh(second);
    assertThat(refresh(first).status()).isEqualTo(401);

    await().atMost(LONG).until(() -> !items("?action=security.refresh_token.reused").isEmpty());
    assertThat(items("?limit=200").toString()).doesNotContain(first, second);
  }

  @Test
  void a_log_out_is_on_record() {
    UUID leaving = register("leaving@example.com");
    String token = session("leaving@example.com").path("accessToken").asString();
    String other = session("leaving@example.com").path("accessToken").asString();
    assertThat(reserva.call("POST", "/api/auth/logout", token, null).status()).isEqualTo(204);
    assertThat(reserva.call("POST", "/api/auth/logout-everywhere", other, null).status())
        .isEqualTo(204);

    assertThat(newest("security.logout", leaving).path("actor").asString())
        .isEqualTo(leaving.toString());
    newest("security.sessions.ended", leaving);
  }

  @Test
  void an_export_and_an_erasure_of_personal_data_are_on_record() {
    UUID erased = register("erased@example.com");
    admin("GET", "/api/customers/%s/export".formatted(erased), null);
    admin("DELETE", "/api/customers/%s?erase=true".formatted(erased), null);

    assertThat(newest("security.data.exported", erased).path("actor").asString())
        .isEqualTo("admin");
    newest("customers.customer.erase", erased);
  }

  @Test
  void a_new_signing_key_is_on_record() {
    await().atMost(LONG).until(() -> !items("?action=security.signing_key.published").isEmpty());
  }

  @Test
  void a_change_of_roles_is_told_with_both() {
    admin(
        "POST",
        "/api/users",
        "{\"username\":\"promoted\",\"password\":\"%s\",\"roles\":[\"warehouse\"]}"
            .formatted(PASSWORD));
    admin("PUT", "/api/users/promoted", "{\"roles\":[\"admin\"],\"active\":true}");

    assertThat(changes("customers.user.update", "promoted"))
        .isEqualTo(Map.of("roles", "warehouse -> admin"));
  }

  @Test
  void an_attempt_to_log_in_beyond_the_limit_is_on_record() {
    register("tried@example.com");
    await()
        .atMost(LONG)
        .until(
            () ->
                reserva
                    .call(
                        "POST",
                        "/api/auth/token",
                        null,
                        "{\"username\":\"tried@example.com\",\"password\":\"wrong\"}")
                    .status(),
            status -> status == 429);

    await().atMost(LONG).until(() -> !items("?action=security.login.limited").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"not.a.token", "x"})
  void a_refused_token_is_on_record_with_its_address(String token) {
    assertThat(reserva.call("GET", "/api/orders", token, null).status()).isEqualTo(401);

    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(items("?action=security.token.refused"))
                .anySatisfy(item -> {
                  assertThat(item.path("address").asString()).isEqualTo("127.0.0.1");
                  assertThat(item.path("changes").toString()).contains("invalid_token");
                }));
  }

  @Test
  void a_caller_without_the_role_is_on_record() {
    String token = reserva.login("ana@example.com", PASSWORD);
    assertThat(reserva.call("GET", "/api/users", token, null).status()).isEqualTo(403);

    JsonNode denied = newest("security.access.denied", "GET /api/users");
    assertThat(denied.path("actor").asString()).isEqualTo(customer.toString());
    assertThat(denied.path("actorKind").asString()).isEqualTo("customer");
  }

  @Test
  void a_webhook_with_a_bad_signature_is_on_record() {
    assertThat(
            reserva
                .call(
                    "POST",
                    "/api/payments/webhook",
                    null,
                    "{}",
                    "webhook-id",
                    "1",
                    "webhook-timestamp",
                    "1",
                    "webhook-signature",
                    "v1,bm8=")
                .status())
        .isEqualTo(401);

    await()
        .atMost(LONG)
        .until(() -> !items("?action=security.webhook_signature.refused").isEmpty());
  }

  @Test
  void no_command_of_staff_is_told_by_its_route_alone() {
    assertThat(items("?actor=admin&limit=200"))
        .allSatisfy(
            item -> assertThat(item.path("action").asString()).matches("[a-z]+(\\.[a-z_]+)+"));
  }
}
