package dev.reserva.financial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A server that has no payment provider: nothing is approved unless an operator or a webhook says.
 */
class NoProviderIT {

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("", null, "reserva.financial.provider=none");
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  @Test
  @EffectOf("reserva.financial.provider")
  void a_payment_waits_whatever_its_token_says_until_an_operator_settles_it() {
    UUID order = ordered("tok_approve");
    JsonNode payment = waitingPaymentOf(order);
    assertThat(get("/api/orders/" + order).path("status").asString()).isEqualTo("PENDING_PAYMENT");

    TestReserva.Reply settled =
        reserva.call(
            "PUT",
            "/api/payments/%s/status".formatted(payment.path("id").asString()),
            reserva.admin(),
            "{\"status\":\"SUCCEEDED\"}");
    assertThat(settled.status()).as(settled.body()).isEqualTo(200);
    await().until(() -> is(order, "CONFIRMED"));
    assertThat(get("/api/integrity").path("ok").asBoolean()).isTrue();
  }

  @Test
  void the_payment_of_a_cancelled_order_ends_without_money() {
    UUID order = ordered(null);
    String payment = waitingPaymentOf(order).path("id").asString();

    assertThat(cancel(order)).isEqualTo(202);
    await()
        .until(() -> get("/api/payments/" + payment).path("status").asString().equals("CANCELLED"));
  }

  @Test
  void money_that_is_to_go_back_stays_owed() {
    UUID order = ordered("tok_approve");
    String payment = waitingPaymentOf(order).path("id").asString();
    reserva.call(
        "PUT",
        "/api/payments/%s/status".formatted(payment),
        reserva.admin(),
        "{\"status\":\"SUCCEEDED\"}");
    await().until(() -> is(order, "CONFIRMED"));

    assertThat(cancel(order)).isEqualTo(202);
    await().until(() -> is(order, "CANCELLED"));
    JsonNode refunded = get("/api/payments/" + payment);
    assertThat(refunded.path("status").asString()).isEqualTo("SUCCEEDED");
    assertThat(refunded.at("/refunded/amount").asString()).isEqualTo("0.00");
    assertThat(get("/api/integrity").path("ok").asBoolean()).isTrue();
  }

  @Test
  void health_warns_of_no_simulator() {
    assertThat(reserva.call("GET", "/api/health", null, null).json().path("warnings")).isEmpty();
  }

  private static UUID ordered(@Nullable String token) {
    String payment =
        token == null
            ? ""
            : ",\"payment\":{\"method\":\"credit_card\",\"token\":\"%s\"}".formatted(token);
    UUID product =
        created(
            "/api/inventory/products",
            "{\"sku\":\"%s\",\"name\":\"Cup\",\"stock\":5,\"price\":{\"amount\":\"2.00\",\"currency\":\"BRL\"}}"
                .formatted(UUID.randomUUID()));
    UUID customer =
        created(
            "/api/customers",
            "{\"name\":\"Ana\",\"email\":\"%s@example.org\"}".formatted(UUID.randomUUID()));
    return created(
        "/api/orders",
        "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}]%s}"
            .formatted(customer, product, payment));
  }

  private static JsonNode waitingPaymentOf(UUID order) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            get("/api/orders/" + order).at("/payment/status").asString().equals("PROCESSING"));
    return get("/api/payments?orderId=" + order).at("/items/0");
  }

  private static int cancel(UUID order) {
    return reserva.call("DELETE", "/api/orders/" + order, reserva.admin(), "{}").status();
  }

  private static boolean is(UUID order, String status) {
    return get("/api/orders/" + order).path("status").asString().equals(status);
  }

  private static UUID created(String path, String body) {
    TestReserva.Reply reply = reserva.call("POST", path, reserva.admin(), body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return UUID.fromString(reply.json().path("id").asString());
  }

  private static JsonNode get(String path) {
    return reserva.call("GET", path, reserva.admin(), null).json();
  }
}
