package dev.reserva.financial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.financial.adapters.psp.FakeStripe;
import dev.reserva.financial.adapters.psp.FakeStripe.Fault;
import dev.reserva.financial.adapters.psp.FakeStripeAccount;
import dev.reserva.financial.adapters.psp.FakeStripeAccount.Event;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A server whose provider is Stripe; a local server answers as Stripe does. */
class StripeIT {

  private static final String SECRET = "whsec_of_the_tests";
  private static final FakeStripe STRIPE = new FakeStripe();
  private static final FakeStripeAccount ACCOUNT = STRIPE.account();

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva =
        TestReserva.start(
            "",
            null,
            "reserva.financial.provider=stripe",
            "reserva.financial.stripe.url=" + STRIPE.url(),
            "reserva.financial.stripe.api-key=" + FakeStripe.KEY,
            "reserva.financial.webhook-secret=" + SECRET,
            "reserva.financial.pending-inquiry=1h");
  }

  @AfterAll
  static void stop() {
    reserva.close();
    STRIPE.close();
  }

  @AfterEach
  void recover() {
    STRIPE.recover();
    ACCOUNT.whenItHappens(_ -> {});
  }

  @Test
  @EffectOf({"reserva.financial.stripe.url", "reserva.financial.stripe.api-key"})
  void an_order_is_paid_by_stripe_and_a_cancelled_one_gets_its_money_back() {
    UUID order = ordered("credit_card", FakeStripeAccount.VISA);
    await().until(() -> is(order, "CONFIRMED"));
    JsonNode payment = paymentOf(order);
    assertThat(payment.path("transactionId").asString()).startsWith("pi_");
    assertThat(ACCOUNT.captured()).containsOnlyOnce(payment.path("id").asString());

    long before = ACCOUNT.givenBack();
    reserva.call("DELETE", "/api/orders/" + order, reserva.admin(), "{}");
    await().until(() -> paymentOf(order).path("status").asString().equals("REFUNDED"));
    assertThat(ACCOUNT.givenBack() - before).isEqualTo(200);
    assertThat(get("/api/integrity").path("ok").asBoolean()).isTrue();
  }

  @Test
  void the_health_warns_of_a_key_of_stripes_test_mode() {
    assertThat(get("/api/health").path("warnings").valueStream().map(JsonNode::asString))
        .anyMatch(warning -> warning.startsWith("the API key of Stripe is one of its test mode"));
  }

  @Test
  void a_declined_card_ends_the_order() {
    UUID order = ordered("credit_card", FakeStripeAccount.DECLINED);

    await().until(() -> is(order, "CANCELLED"));
    assertThat(paymentOf(order).path("failure").asString()).isEqualTo("generic_decline");
  }

  @Test
  void a_lost_answer_does_not_take_the_money_again() {
    AtomicInteger lost = new AtomicInteger();
    STRIPE.fault(request ->
        request.endsWith("/confirm") && lost.incrementAndGet() <= 2
            ? Fault.LOSE_ANSWER
            : Fault.NONE);
    UUID order = ordered("credit_card", FakeStripeAccount.VISA);

    await().until(() -> is(order, "CONFIRMED"));
    assertThat(ACCOUNT.captured()).containsOnlyOnce(paymentOf(order).path("id").asString());
  }

  @Test
  void a_pix_waits_with_its_code_until_the_webhook_says_that_it_is_paid() {
    UUID order = ordered("pix", null);
    await().until(() -> paymentOf(order).path("code").isString());
    JsonNode payment = paymentOf(order);
    assertThat(Instant.parse(payment.path("dueAt").asString())).isAfter(Instant.now());
    String intent = ACCOUNT.intentsOf(payment.path("id").asString()).getFirst();
    assertThat(payment.path("code").asString()).isEqualTo("000201" + intent);

    Event paid = ACCOUNT.pay(intent);
    assertThat(webhook(paid.body(), SECRET).status()).isEqualTo(204);
    await().until(() -> is(order, "CONFIRMED"));
    assertThat(webhook(paid.body(), SECRET).status()).as("again").isEqualTo(204);
  }

  @Test
  void a_pix_that_expired_fails_once_stripe_says_that_something_became_of_it() {
    UUID order = ordered("pix", null);
    await().until(() -> paymentOf(order).path("code").isString());
    String intent = ACCOUNT.intentsOf(paymentOf(order).path("id").asString()).getFirst();

    assertThat(webhook(ACCOUNT.expire(intent).body(), SECRET).status()).isEqualTo(204);

    await().until(() -> is(order, "CANCELLED"));
    assertThat(ACCOUNT.statusOf(intent)).isEqualTo("canceled");
  }

  @Test
  void webhooks_that_come_before_the_answer_and_out_of_order_pay_the_order_once() {
    List<Integer> answers = new CopyOnWriteArrayList<>();
    ACCOUNT.whenItHappens(event -> {
      if (event.type().equals("payment_intent.succeeded")) {
        answers.add(webhook(event.body(), SECRET).status());
        ACCOUNT.events().stream()
            .filter(earlier -> earlier.intent().equals(event.intent()))
            .forEach(earlier -> answers.add(webhook(earlier.body(), SECRET).status()));
      }
    });
    UUID order = ordered("credit_card", FakeStripeAccount.VISA);

    await().until(() -> is(order, "CONFIRMED"));
    assertThat(ACCOUNT.captured()).containsOnlyOnce(paymentOf(order).path("id").asString());
    assertThat(answers).hasSizeGreaterThan(1).containsOnly(204);
    assertThat(get("/api/integrity").path("ok").asBoolean()).isTrue();
  }

  @Test
  void a_webhook_that_stripe_did_not_sign_is_refused_and_one_of_another_program_has_no_effect() {
    String stranger = new Event("evt_stranger", "payment_intent.succeeded", "pi_stranger").body();

    assertThat(webhook(stranger, SECRET).status()).isEqualTo(204);
    assertThat(webhook(stranger, "whsec_of_somebody").status()).isEqualTo(401);
    assertThat(reserva.call("POST", "/api/payments/webhook", null, stranger).status())
        .isEqualTo(401);
    assertThat(signed(stranger, SECRET, Instant.now().minusSeconds(301).getEpochSecond()).status())
        .as("too old")
        .isEqualTo(401);
  }

  @Test
  void a_signed_webhook_that_is_no_event_is_refused() {
    for (String body : new String[] {"{", "null", "{}", "{\"id\":\"\",\"type\":\"x\"}"}) {
      assertThat(webhook(body, SECRET).status()).as(body).isEqualTo(400);
    }
    assertThat(webhook("{\"id\":\"evt_x\"}", SECRET).json().at("/errors/0/pointer").asString())
        .isEqualTo("/type");
  }

  private static TestReserva.Reply webhook(String body, String secret) {
    return signed(body, secret, Instant.now().getEpochSecond());
  }

  private static TestReserva.Reply signed(String body, String secret, long time) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      String signature = HexFormat.of().formatHex(mac.doFinal((time + "." + body).getBytes(UTF_8)));
      return reserva.call(
          "POST",
          "/api/payments/webhook",
          null,
          body,
          "Stripe-Signature",
          "t=%d,v1=%s".formatted(time, signature));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UUID ordered(String method, @Nullable String token) {
    String payment =
        token == null
            ? "{\"method\":\"%s\"}".formatted(method)
            : "{\"method\":\"%s\",\"token\":\"%s\"}".formatted(method, token);
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
        "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}],\"payment\":%s}"
            .formatted(customer, product, payment));
  }

  private static JsonNode paymentOf(UUID order) {
    return get("/api/payments?orderId=" + order).at("/items/0");
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
