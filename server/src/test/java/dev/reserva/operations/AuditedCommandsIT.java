package dev.reserva.operations;

import static dev.reserva.operations.AuditedServer.LONG;
import static dev.reserva.operations.AuditedServer.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.messaging.Backbone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the audit trail tells of the commands of staff on stock, orders, payments and events. */
class AuditedCommandsIT {

  @RegisterExtension
  private static final SharedFixture<AuditedServer> AUDITED = AuditedServer.shared();

  private final AuditedServer audited = AUDITED.get();
  private final TestReserva reserva = audited.reserva();

  private UUID order(String token) {
    return order(audited.customer(), token);
  }

  private UUID order(UUID buyer, String token) {
    return id(
        reserva.call(
            "POST",
            "/api/orders",
            token,
            "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"boleto\",\"token\":\"tok_pending\"}}"
                .formatted(buyer, audited.product())));
  }

  private void awaitStatus(UUID order, String status) {
    await()
        .atMost(LONG)
        .until(
            () ->
                audited.admin("GET", "/api/orders/" + order, null).json().path("status").asString(),
            status::equals);
  }

  private UUID paymentOf(UUID order) {
    return await()
        .atMost(LONG)
        .until(
            () ->
                audited
                    .admin("GET", "/api/payments?orderId=" + order, null)
                    .json()
                    .path("items")
                    .valueStream()
                    .filter(payment -> payment.has("code"))
                    .map(payment -> UUID.fromString(payment.path("id").asString()))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  @Test
  void a_new_product_is_told_with_its_price_and_stock() {
    assertThat(audited.changes("inventory.product.create", audited.product()))
        .containsEntry("sku", " -> AUDITED")
        .containsEntry("price", " -> 10.00 BRL")
        .containsEntry("stock", " -> 100");
  }

  @Test
  void a_change_of_price_is_told_with_both_prices_and_nothing_else() {
    UUID dear = id(audited.admin("POST", "/api/inventory/products", AuditedServer.product("DEAR")));
    audited.admin(
        "PUT",
        "/api/inventory/products/" + dear,
        "{\"name\":\"Thing\",\"price\":{\"amount\":\"12.50\",\"currency\":\"BRL\"}}");

    assertThat(audited.changes("inventory.product.update", dear))
        .isEqualTo(Map.of("price", "10.00 BRL -> 12.50 BRL"));
  }

  @Test
  void a_change_of_stock_is_told_with_both_quantities() {
    UUID counted =
        id(audited.admin("POST", "/api/inventory/products", AuditedServer.product("COUNTED")));
    audited.admin("PATCH", "/api/inventory/products/%s/stock".formatted(counted), "{\"stock\":90}");
    audited.admin(
        "POST",
        "/api/inventory/stock/add",
        "{\"productId\":\"%s\",\"quantity\":5}".formatted(counted));

    assertThat(audited.changes("inventory.stock.count", counted))
        .isEqualTo(Map.of("stock", "100 -> 90"));
    assertThat(audited.changes("inventory.stock.receive", counted))
        .isEqualTo(Map.of("stock", "90 -> 95"));
  }

  @Test
  void a_change_at_a_location_is_told_with_all_that_changed() {
    audited.admin(
        "POST", "/api/inventory/locations", "{\"code\":\"AUDITED\",\"name\":\"Audited\"}");
    UUID kept = id(audited.admin("POST", "/api/inventory/products", AuditedServer.product("KEPT")));
    audited.admin(
        "POST",
        "/api/inventory/stock/add",
        "{\"productId\":\"%s\",\"quantity\":5,\"location\":\"AUDITED\"}".formatted(kept));
    audited.admin(
        "PATCH",
        "/api/inventory/products/%s/stock".formatted(kept),
        "{\"stock\":4,\"safetyStock\":1,\"location\":\"AUDITED\"}");

    assertThat(audited.changes("inventory.stock.count", kept))
        .isEqualTo(Map.of("stock", "5 -> 4", "safetyStock", "0 -> 1", "location", " -> AUDITED"));
  }

  @Test
  void a_reservation_by_hand_and_its_end_are_told() {
    UUID order = UUID.randomUUID();
    String body =
        "{\"orderId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}]}"
            .formatted(order, audited.product());
    UUID released = id(audited.admin("POST", "/api/inventory/stock/reserve", body));
    audited.admin("POST", "/api/inventory/reservations/%s/release".formatted(released), null);
    UUID confirmed =
        id(
            audited.admin(
                "POST",
                "/api/inventory/stock/reserve",
                body.replace(order.toString(), UUID.randomUUID().toString())));
    audited.admin("POST", "/api/inventory/reservations/%s/confirm".formatted(confirmed), null);

    assertThat(audited.changes("inventory.stock.reserve", released))
        .containsEntry("orderId", " -> " + order);
    assertThat(audited.changes("inventory.reservation.release", released))
        .isEqualTo(Map.of("status", "RESERVED -> RELEASED"));
    assertThat(audited.changes("inventory.reservation.confirm", confirmed))
        .isEqualTo(Map.of("status", "RESERVED -> CONFIRMED"));
  }

  @Test
  void each_step_of_an_order_by_staff_is_told_with_both_states() {
    UUID order = order(reserva.admin());
    UUID payment = paymentOf(order);
    audited.admin(
        "PUT", "/api/payments/%s/status".formatted(payment), "{\"status\":\"SUCCEEDED\"}");
    awaitStatus(order, "CONFIRMED");
    audited.admin(
        "PUT",
        "/api/orders/%s/status".formatted(order),
        "{\"status\":\"SHIPPED\",\"reason\":\"by hand\"}");
    audited.admin(
        "POST",
        "/api/payments/%s/refund".formatted(payment),
        "{\"amount\":{\"amount\":\"4.00\",\"currency\":\"BRL\"}}");

    audited.newest("sales.order.place", order);
    assertThat(audited.changes("financial.payment.settle", payment).get("status"))
        .endsWith(" -> SUCCEEDED");
    assertThat(audited.changes("sales.order.move", order))
        .isEqualTo(Map.of("status", "CONFIRMED -> SHIPPED", "reason", " -> by hand"));
    assertThat(audited.changes("financial.payment.refund", payment))
        .containsEntry("amount", " -> 4.00 BRL")
        .containsEntry("left", "10.00 BRL -> 6.00 BRL");
  }

  @Test
  void what_staff_does_with_a_draft_is_told() {
    String draft =
        "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}],\"draft\":true}"
            .formatted(audited.customer(), audited.product());
    UUID submitted = id(audited.admin("POST", "/api/orders", draft));
    audited.admin(
        "PUT",
        "/api/orders/" + submitted,
        "{\"items\":[{\"productId\":\"%s\",\"quantity\":2}]}".formatted(audited.product()));
    audited.admin("POST", "/api/orders/%s/submit".formatted(submitted), null);
    UUID deleted = id(audited.admin("POST", "/api/orders", draft));
    audited.admin("DELETE", "/api/orders/" + deleted, null);

    audited.newest("sales.order.revise", submitted);
    assertThat(audited.changes("sales.order.submit", submitted))
        .isEqualTo(Map.of("status", "DRAFT -> PENDING"));
    assertThat(audited.changes("sales.order.cancel", deleted))
        .isEqualTo(Map.of("status", "DRAFT -> "));
  }

  @Test
  void a_payment_that_staff_asks_for_is_told() {
    UUID order = order(reserva.admin());
    paymentOf(order);
    UUID payment =
        id(
            audited.admin(
                "POST",
                "/api/payments/process",
                "{\"orderId\":\"%s\",\"method\":\"pix\"}".formatted(order)));

    assertThat(audited.changes("financial.payment.process", payment))
        .isEqualTo(
            Map.of("orderId", " -> " + order, "method", " -> pix", "amount", " -> 10.00 BRL"));
  }

  @Test
  void orders_that_staff_places_at_once_are_told_one_by_one_and_those_of_customers_not()
      throws Exception {
    UUID buyer = audited.register("buyer@example.com");
    UUID byCustomer =
        order(buyer, audited.session("buyer@example.com").path("accessToken").asString());
    List<UUID> byStaff = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(Thread.ofVirtual().start(() -> byStaff.add(order(reserva.admin()))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(byStaff).hasSize(20);
    byStaff.forEach(order -> audited.newest("sales.order.place", order));
    assertThat(reserva.bean(Backbone.class).awaitCaughtUp("operations", LONG)).isTrue();

    assertThat(audited.items("?subject=" + byCustomer)).isEmpty();
    for (UUID order : byStaff) {
      assertThat(audited.items("?subject=" + order)).hasSize(1);
    }
  }

  @Test
  void dead_letters_and_events_by_hand_are_told() {
    UUID drill = UUID.randomUUID();
    for (int i = 0; i < 2; i++) {
      audited.admin(
          "POST",
          "/api/events?check=false",
          "{\"type\":\"sales.order.paid\",\"subject\":\"%s\",\"key\":\"%s\",\"data\":{}}"
              .formatted(drill, drill));
    }
    UUID letter = await().atMost(LONG).until(this::deadLetter, found -> found != null);
    audited.admin("POST", "/api/dlq/%s/retry".formatted(letter), null);
    UUID again = await().atMost(LONG).until(this::deadLetter, found -> found != null);
    audited.admin("DELETE", "/api/dlq/" + again, "{\"reason\":\"a drill\"}");
    audited.admin("POST", "/api/dlq/retry", "{\"subscription\":\"nobody\"}");

    assertThat(audited.changes("operations.event.publish", drill))
        .containsEntry("type", " -> sales.order.paid")
        .containsEntry("checked", " -> false");
    assertThat(audited.changes("operations.dead_letter.retry", letter))
        .isEqualTo(Map.of("status", "OPEN -> RETRYING"));
    assertThat(audited.changes("operations.dead_letter.discard", again))
        .isEqualTo(Map.of("status", "OPEN -> DISCARDED", "reason", " -> a drill"));
    assertThat(audited.changes("operations.dead_letter.retry_all", "dead letters"))
        .containsEntry("subscription", " -> nobody");
  }

  private @Nullable UUID deadLetter() {
    return audited
        .admin("GET", "/api/dlq", null)
        .json()
        .path("items")
        .valueStream()
        .map(item -> UUID.fromString(item.path("id").asString()))
        .findFirst()
        .orElse(null);
  }

  @Test
  void no_command_of_staff_is_told_by_its_route_alone() {
    audited.newest("inventory.product.create", audited.product());

    assertThat(audited.items("?actor=admin&limit=200"))
        .allSatisfy(
            item -> assertThat(item.path("action").asString()).matches("[a-z]+(\\.[a-z_]+)+"));
  }
}
