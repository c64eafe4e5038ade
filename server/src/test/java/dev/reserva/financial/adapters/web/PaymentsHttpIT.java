package dev.reserva.financial.adapters.web;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.CUSTOMER;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.cancelled;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.Reserva;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.domain.Payment;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import dev.reserva.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API of payments on the running server, with the log and the workers behind it. */
class PaymentsHttpIT {

  @TempDir private static Path data;
  private static ConfigurableApplicationContext server;
  private static WebhookSignatures signatures;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final UUID order = IDS.next();

  private record Reply(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asString("");
    }
  }

  @BeforeAll
  static void start() throws IOException {
    var postgres = TestPostgres.server();
    server =
        Reserva.start(
            "--server.port=0",
            "--reserva.services=financial",
            "--reserva.data=" + data,
            "--reserva.database.url=" + postgres.jdbcUrl(TestPostgres.freshDatabaseName()),
            "--reserva.database.username=" + postgres.user(),
            "--reserva.database.password=" + postgres.password(),
            "--reserva.financial.call-timeout=300ms");
    Path secret = data.resolve("webhook-secret");
    assertThat(Files.getPosixFilePermissions(secret)).hasSize(2);
    signatures = new WebhookSignatures(Files.readString(secret).strip(), Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_payment_is_shown_as_the_contract_says() throws Exception {
    publish(payable(order, null));
    String id = settled("SUCCEEDED").text("id");

    JsonNode payment = get("/api/payments/" + id, staff()).body();

    assertThat(payment.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "orderId",
            "amount",
            "refunded",
            "status",
            "method",
            "transactionId",
            "createdAt",
            "processedAt",
            "refunds");
    assertThat(payment.path("amount").toString())
        .isEqualTo("{\"amount\":\"100.00\",\"currency\":\"BRL\"}");
    assertThat(payment.path("method").asString()).isEqualTo("credit_card");
    assertThat(get("/api/payments/" + IDS.next(), staff()).status()).isEqualTo(404);
  }

  @Test
  void a_customer_sees_pays_and_replaces_payments_of_own_orders_only() throws Exception {
    publish(payable(order, "pix", "tok_pending"));
    String id = waiting();
    String own = token(Role.CUSTOMER, CUSTOMER);
    String another = token(Role.CUSTOMER, IDS.next());

    JsonNode shown = get("/api/payments/" + id, own).body();
    assertThat(shown.path("code").asString()).startsWith("000201");
    assertThat(Instant.parse(shown.path("dueAt").asString())).isAfter(Instant.now());
    assertThat(get("/api/payments?orderId=" + order, own).body().at("/items/0"))
        .isEqualTo(((ObjectNode) shown.deepCopy()).without("refunds"));
    assertThat(get("/api/payments", own).status()).isEqualTo(403);
    assertThat(post("/api/payments/" + id + "/refund", "{}", own).status()).isEqualTo(403);

    for (UUID stranger : List.of(IDS.next(), order)) {
      assertThat(get("/api/payments?orderId=" + stranger, another).body().path("items")).isEmpty();
      Reply refused = post("/api/payments/process", by("boleto", stranger), another);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.text("detail"))
          .isEqualTo("there is no order %s that waits for payment".formatted(stranger));
    }
    for (Object stranger : List.of(IDS.next(), id)) {
      Reply refused = get("/api/payments/" + stranger, another);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.text("detail")).isEqualTo("there is no payment " + stranger);
    }

    assertThat(post("/api/payments/process", by("pix", order), own).text("id")).isEqualTo(id);
    Reply replaced = post("/api/payments/process", by("credit_card", order), own);
    assertThat(replaced.status()).isEqualTo(202);
    assertThat(replaced.text("replaces")).isEqualTo(id);
    settled("SUCCEEDED");
    JsonNode old = get("/api/payments/" + id, own).body();
    assertThat(old.path("status").asString()).isEqualTo("CANCELLED");
    assertThat(old.path("failure").asString()).isEqualTo("replaced");
    assertThat(old.has("code")).isFalse();
    Reply paid = post("/api/payments/process", by("boleto", order), own);
    assertThat(paid.status()).isEqualTo(409);
    assertThat(paid.text("type")).isEqualTo("/problems/order-state");
    assertThat(paid.text("detail")).contains("is paid by the payment " + replaced.text("id"));
  }

  private static String by(String method, UUID orderId) {
    return "{\"orderId\":\"%s\",\"method\":\"%s\"}".formatted(orderId, method);
  }

  @Test
  void an_order_that_is_unknown_or_dead_cannot_be_paid() throws Exception {
    String body = "{\"orderId\":\"%s\",\"method\":\"pix\"}".formatted(order);
    assertThat(post("/api/payments/process", body, staff()).status()).isEqualTo(404);

    publish(cancelled(order));
    Reply dead = post("/api/payments/process", body, staff());
    assertThat(dead.status()).isEqualTo(409);
    assertThat(dead.text("type")).isEqualTo("/problems/order-state");
  }

  @Test
  void the_errors_of_a_request_are_named_and_it_changes_nothing() throws Exception {
    String process = "/api/payments/process";
    for (String body :
        new String[] {
          "",
          "null",
          "[]",
          "{}",
          "{\"orderId\":1,\"method\":\"pix\"}",
          "{\"orderId\":\"x\",\"method\":\"pix\"}",
          "{\"orderId\":\"%s\",\"method\":\"cash\"}".formatted(order),
          "{\"orderId\":\"%s\",\"method\":null}".formatted(order),
          "{\"orderId\":\"%s\",\"method\":\"pix\",\"token\":\"\"}".formatted(order),
          "{\"orderId\":\"%s\",\"method\":\"pix\",\"token\":\" tok\"}".formatted(order),
          "{\"orderId\":\"%s\",\"method\":\"pix\",\"token\":\"\\u0000\"}".formatted(order),
          "{\"orderId\":\"%s\",\"method\":\"pix\",\"more\":1}".formatted(order)
        }) {
      assertThat(post(process, body, staff()).status()).as(body).isEqualTo(400);
    }
    publish(payable(order, null));
    String refund = "/api/payments/" + settled("SUCCEEDED").text("id") + "/refund";
    for (String body :
        new String[] {
          "{\"amount\":{\"amount\":\"0.00\",\"currency\":\"BRL\"}}",
          "{\"amount\":{\"amount\":\"-1.00\",\"currency\":\"BRL\"}}",
          "{\"amount\":{\"amount\":\"1.001\",\"currency\":\"BRL\"}}",
          "{\"amount\":{\"amount\":\"NaN\",\"currency\":\"BRL\"}}",
          "{\"amount\":{\"amount\":1e999,\"currency\":\"BRL\"}}",
          "{\"amount\":\"1.00\"}",
          "{\"reason\":\"%s\"}".formatted("x".repeat(501)),
          "{\"reason\":\" \\u200b\"}",
          "{\"reason\":\"a\\u0000b\"}"
        }) {
      assertThat(post(refund, body, staff()).status()).as(body).isEqualTo(400);
    }
    assertThat(post(refund, "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"USD\"}}", staff()))
        .extracting(Reply::status)
        .isEqualTo(422);
    Reply unknownStatus = get("/api/payments?status=PAID", staff());
    assertThat(unknownStatus.status()).isEqualTo(400);
    assertThat(unknownStatus.body().at("/errors/0/message").asString())
        .isEqualTo(
            "status must be one of REQUESTED, PROCESSING, SUCCEEDED, FAILED, CANCELLED,"
                + " PARTIALLY_REFUNDED, REFUNDED, was \"PAID\"");
    Reply unknownOrder = get("/api/payments?orderId=x", staff());
    assertThat(unknownOrder.status()).isEqualTo(400);
    assertThat(unknownOrder.body().at("/errors/0/pointer").asString()).isEqualTo("?orderId");
    assertThat(get("/api/payments?limit=0", staff()).status()).isEqualTo(400);
    assertThat(payment().body().path("refunded").path("amount").asString()).isEqualTo("0.00");
  }

  @Test
  void a_payment_is_refunded_in_parts_and_never_beyond() throws Exception {
    publish(payable(order, null));
    String id = settled("SUCCEEDED").text("id");
    String refund = "/api/payments/" + id + "/refund";
    String part =
        "{\"amount\":{\"amount\":\"60.00\",\"currency\":\"BRL\"},\"reason\":\"\\u00a0torn \"}";

    Reply promised = post(refund, part, staff());
    assertThat(promised.status()).isEqualTo(202);
    assertThat(promised.body().propertyNames())
        .containsExactlyInAnyOrder("id", "paymentId", "amount", "status", "reason", "createdAt");
    assertThat(promised.text("status")).isEqualTo("PENDING");
    assertThat(promised.text("reason")).isEqualTo("torn");
    assertThat(promised.text("paymentId")).isEqualTo(id);
    settled("PARTIALLY_REFUNDED");
    JsonNode refunds = get("/api/payments/" + id, staff()).body().path("refunds");
    assertThat(refunds).hasSize(1);
    assertThat(refunds.at("/0/id").asString()).isEqualTo(promised.text("id"));
    assertThat(refunds.at("/0/status").asString()).isEqualTo("SUCCEEDED");
    assertThat(refunds.at("/0/processedAt").asString()).isNotBlank();
    Reply tooMuch = post(refund, part, staff());
    assertThat(tooMuch.status()).isEqualTo(422);
    assertThat(tooMuch.text("type")).isEqualTo("/problems/refund-impossible");
    assertThat(post(refund, "", staff()).status()).isEqualTo(202);
    settled("REFUNDED");
    assertThat(post(refund, "", staff()).status()).isEqualTo(409);
    assertThat(get("/api/payments/" + id, staff()).body().path("refunds")).hasSize(2);
  }

  @Test
  void an_operator_settles_a_payment_that_waits_once() throws Exception {
    publish(payable(order, "tok_pending"));
    String status = "/api/payments/" + waiting() + "/status";

    assertThat(put(status, "{\"status\":\"REFUNDED\"}").status()).isEqualTo(400);
    assertThat(put(status, "{\"status\":\"SUCCEEDED\"}").text("status")).isEqualTo("SUCCEEDED");
    assertThat(put(status, "{\"status\":\"FAILED\"}").status()).isEqualTo(409);
    assertThat(put("/api/payments/" + IDS.next() + "/status", "{\"status\":\"FAILED\"}").status())
        .isEqualTo(404);
  }

  @Test
  void the_providers_webhook_settles_a_payment_once() throws Exception {
    publish(payable(order, "tok_pending"));
    String id = waiting();
    String body =
        "{\"paymentId\":\"%s\",\"status\":\"SUCCEEDED\",\"transactionId\":\"psp-7\"}".formatted(id);
    String hook = "hook-" + id;

    assertThat(webhook(hook, Instant.now(), body).status()).isEqualTo(204);
    assertThat(payment().text("transactionId")).isEqualTo("psp-7");
    assertThat(webhook(hook, Instant.now(), body.replace("SUCCEEDED", "FAILED")).status())
        .as("repeated id")
        .isEqualTo(204);
    assertThat(webhook(hook + "-2", Instant.now(), body.replace("SUCCEEDED", "FAILED")).status())
        .isEqualTo(409);
    assertThat(payment().text("status")).isEqualTo("SUCCEEDED");
    assertThat(webhook(hook + "-3", Instant.now(), "{\"paymentId\":\"%s\"}".formatted(id)).status())
        .isEqualTo(400);
    assertThat(webhook(hook + "-4", Instant.now(), "{").status()).isEqualTo(400);
    assertThat(webhook(hook + "-6", Instant.now(), body.replace("psp-7", "\\u0000")).status())
        .isEqualTo(400);
    assertThat(
            webhook(hook + "-5", Instant.now(), body.replace(id, IDS.next().toString())).status())
        .isEqualTo(404);
  }

  @Test
  void a_webhook_that_disagrees_with_the_books_is_refused_and_reviewed() throws Exception {
    publish(payable(order, "tok_pending"));
    String id = waiting();
    String unknown = IDS.next().toString();
    String body =
        "{\"paymentId\":\"%s\",\"status\":\"SUCCEEDED\",\"amount\":{\"amount\":\"99.00\",\"currency\":\"BRL\"}}";

    assertThat(webhook("less-" + id, Instant.now(), body.formatted(id)).status()).isEqualTo(409);
    assertThat(webhook("of-" + unknown, Instant.now(), body.formatted(unknown)).status())
        .isEqualTo(404);
    assertThat(payment().text("status")).isEqualTo("PROCESSING");
    String right = body.formatted(id).replace("99.00", "100.00");
    assertThat(webhook("right-" + id, Instant.now(), right).status()).isEqualTo(204);
    assertThat(webhook("late-" + id, Instant.now(), right.replace("SUCCEEDED", "FAILED")).status())
        .isEqualTo(409);

    assertThat(reviewOf(unknown).path("kind").asString()).isEqualTo("UNKNOWN_PAYMENT");
    JsonNode open = get("/api/payment-reviews?status=OPEN", staff()).body().path("items");
    assertThat(open.valueStream().filter(each -> each.path("paymentId").asString().equals(id)))
        .extracting(each -> each.path("kind").asString())
        .containsExactly("CONTRADICTED", "WRONG_AMOUNT");
    assertThat(reviewOf(id).path("orderId").asString()).isEqualTo(order.toString());
  }

  @Test
  void staff_decide_a_review_once_with_a_reason() throws Exception {
    String unknown = IDS.next().toString();
    String body = "{\"paymentId\":\"%s\",\"status\":\"SUCCEEDED\"}".formatted(unknown);
    assertThat(webhook("of-" + unknown, Instant.now(), body).status()).isEqualTo(404);
    String review = "/api/payment-reviews/" + reviewOf(unknown).path("id").asString();
    String accepts = "{\"decision\":\"ACCEPT\",\"reason\":\"of another shop\"}";

    for (String wrong :
        new String[] {
          "{}",
          "{\"decision\":\"ACCEPT\"}",
          "{\"decision\":\"RESOLVED\",\"reason\":\"x\"}",
          "{\"decision\":\"ACCEPT\",\"reason\":\" \"}"
        }) {
      assertThat(post(review + "/decide", wrong, staff()).status()).as(wrong).isEqualTo(400);
    }
    assertThat(post(review + "/decide", accepts.replace("ACCEPT", "RETRY"), staff()))
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(409))
        .satisfies(refused ->
            assertThat(refused.text("detail"))
                .isEqualTo("a review of UNKNOWN_PAYMENT is decided by ACCEPT, not by RETRY"));
    assertThat(post(review + "/decide", accepts, staff()).text("status")).isEqualTo("DECIDED");
    assertThat(post(review + "/decide", accepts, staff()).text("type"))
        .isEqualTo("/problems/review-state");
    Reply decided = get(review, staff());
    assertThat(decided.text("reason")).isEqualTo("of another shop");
    assertThat(decided.text("by")).isNotBlank();
    assertThat(get(review, token(Role.CUSTOMER, CUSTOMER)).status()).isEqualTo(403);
    assertThat(get("/api/payment-reviews/" + IDS.next(), staff()).status()).isEqualTo(404);
    assertThat(get("/api/payment-reviews?status=x", staff()).status()).isEqualTo(400);
  }

  private JsonNode reviewOf(String payment) throws Exception {
    return get("/api/payment-reviews?limit=200", staff())
        .body()
        .path("items")
        .valueStream()
        .filter(each -> each.path("paymentId").asString().equals(payment))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_webhook_with_unknown_members_is_accepted() throws Exception {
    publish(payable(order, "tok_pending"));
    String id = waiting();
    String body =
        "{\"paymentId\":\"%s\",\"status\":\"SUCCEEDED\",\"fee\":{\"amount\":1},\"risk\":[1]}"
            .formatted(id);

    assertThat(webhook("hook-" + id, Instant.now(), body).status()).isEqualTo(204);
    assertThat(payment().text("status")).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_webhook_is_told_which_of_its_members_is_wrong() throws Exception {
    publish(payable(order, "tok_pending"));
    String id = waiting();

    assertThat(wrongMember(id, "SUCCEEDED", "transactionId", "x".repeat(201)))
        .isEqualTo("/transactionId");
    assertThat(wrongMember(id, "FAILED", "failure", "x".repeat(201))).isEqualTo("/failure");
    assertThat(wrongMember(id, "PAID", "failure", "declined")).isEqualTo("/status");
    assertThat(webhook("hook-" + id, Instant.now(), "null").text("detail"))
        .startsWith("the body must be an object like {");
  }

  private static String wrongMember(String id, String status, String member, String value)
      throws Exception {
    Reply refused =
        webhook(
            "hook-" + IDS.next(),
            Instant.now(),
            "{\"paymentId\":\"%s\",\"status\":\"%s\",\"%s\":\"%s\"}"
                .formatted(id, status, member, value));
    assertThat(refused.status()).isEqualTo(400);
    return refused.body().at("/errors/0/pointer").asString();
  }

  @Test
  void a_webhook_of_somebody_else_or_of_tooLongago_is_refused() throws Exception {
    publish(payable(order, "tok_pending"));
    String id = waiting();
    String body = "{\"paymentId\":\"%s\",\"status\":\"SUCCEEDED\"}".formatted(id);

    assertThat(webhook("old", Instant.now().minus(Duration.ofMinutes(6)), body).status())
        .isEqualTo(401);
    assertThat(post("/api/payments/webhook", body, null).status()).isEqualTo(401);
    String now = String.valueOf(Instant.now().getEpochSecond());
    String signature = signatures.sign("id", now, body.getBytes(StandardCharsets.UTF_8));
    assertThat(sendWebhook("other", now, signature, body).status()).isEqualTo(401);
    assertThat(sendWebhook("id", now, signature, body + " ").status()).isEqualTo(401);
    assertThat(payment().text("status")).isEqualTo("PROCESSING");
  }

  private static void publish(SalesEvent fact) {
    server.getBean(Transactions.class).run(tx -> tx.publish(fact, CAUSE));
  }

  /** The order's payment, as soon as there is one. */
  private Reply payment() throws Exception {
    for (int i = 0; i < 500; i++) {
      JsonNode items = get("/api/payments?orderId=" + order, staff()).body().path("items");
      if (!items.isEmpty()) {
        return new Reply(200, items.get(0));
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no payment");
  }

  private Reply settled(String status) throws Exception {
    for (int i = 0; i < 500; i++) {
      Reply payment = payment();
      if (payment.text("status").equals(status)) {
        return payment;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("payment is not " + status);
  }

  /** The id of the payment, once the provider waits with it. */
  private String waiting() {
    Payments payments = server.getBean(Payments.class);
    return Awaitility.await()
        .until(
            () ->
                server
                    .getBean(Transactions.class)
                    .snapshot(tx -> payments.findByOrder(order, tx))
                    .filter(Payment::isWaiting),
            Optional::isPresent)
        .map(payment -> payment.id().toString())
        .orElseThrow();
  }

  private static String staff() {
    return token(Role.OPERATOR, null);
  }

  private static String token(Role role, @Nullable UUID customer) {
    return TestTokens.issue(
        server.getBean(Tokens.class), new Caller("test", Set.of(role), customer));
  }

  private static Reply get(String path, String token) throws Exception {
    return send(request(path, token).GET());
  }

  private static Reply post(String path, String body, @Nullable String token) throws Exception {
    return send(request(path, token).POST(BodyPublishers.ofString(body)));
  }

  private static Reply put(String path, String body) throws Exception {
    return send(request(path, staff()).PUT(BodyPublishers.ofString(body)));
  }

  private static Reply webhook(String id, Instant at, String body) throws Exception {
    String timestamp = String.valueOf(at.getEpochSecond());
    return sendWebhook(
        id, timestamp, signatures.sign(id, timestamp, body.getBytes(StandardCharsets.UTF_8)), body);
  }

  private static Reply sendWebhook(String id, String timestamp, String signature, String body)
      throws Exception {
    return send(
        request("/api/payments/webhook", null)
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature)
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String path, @Nullable String token) {
    String port = server.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json");
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static Reply send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
    String body = response.body();
    return new Reply(response.statusCode(), JSON.readTree(body.isEmpty() ? "{}" : body));
  }
}
