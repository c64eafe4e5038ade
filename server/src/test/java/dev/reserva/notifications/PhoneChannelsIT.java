package dev.reserva.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.notifications.adapters.http.FakeProvider;
import dev.reserva.notifications.adapters.http.FakeProvider.Answer;
import dev.reserva.notifications.adapters.http.FakeProvider.Request;
import dev.reserva.notifications.adapters.http.ServiceAccountFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What customers are told by SMS and push, by servers that answer as Twilio and FCM do. */
class PhoneChannelsIT {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static FakeProvider twilio;
  private static FakeProvider google;
  private static TestReserva reserva;

  @BeforeAll
  static void start() throws IOException {
    twilio = new FakeProvider(_ -> Answer.queued());
    google =
        new FakeProvider(
            request -> request.path().equals("/token") ? Answer.token("access") : pushed(request));
    reserva =
        TestReserva.start(
            "",
            null,
            "reserva.notifications.sms.account=AC12",
            "reserva.notifications.sms.token=the token of the account",
            "reserva.notifications.sms.from=+15005550006",
            "reserva.notifications.sms.url=" + twilio.url(),
            "reserva.notifications.sms.country-code=55",
            "reserva.notifications.sms.facts=order-paid",
            "reserva.notifications.push.project=shop",
            "reserva.notifications.push.service-account="
                + ServiceAccountFile.write(folder, ServiceAccountFile.key()),
            "reserva.notifications.push.url=" + google.url(),
            "reserva.notifications.push.token-url=" + google.url() + "/token",
            "reserva.notifications.push.facts=order-paid,order-confirmed");
  }

  private static Answer pushed(Request request) {
    return request.json().at("/message/token").asString().startsWith("gone")
        ? Answer.fcmError(404, "UNREGISTERED")
        : Answer.named();
  }

  @AfterAll
  static void stop() {
    reserva.close();
    twilio.close();
    google.close();
  }

  /** A customer with a login. */
  private record Buyer(String id, String token) {}

  private static Buyer buyer(@Nullable String phone) {
    String email = "phone%d@example.org".formatted(NUMBER.incrementAndGet());
    Reply reply =
        reserva.call(
            "POST",
            "/api/customers",
            null,
            "{\"name\":\"Maria\",\"email\":\"%s\",\"language\":\"en\",\"password\":\"a long password\"%s}"
                .formatted(email, phone == null ? "" : ",\"phone\":\"" + phone + "\""));
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    String id = get("/api/customers?email=" + email).at("/items/0/id").asString();
    return new Buyer(id, reserva.login(email, "a long password"));
  }

  private static JsonNode get(String path) {
    Reply reply = reserva.call("GET", path, reserva.admin(), null);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static Reply register(Buyer buyer, String token) {
    return reserva.call(
        "POST", "/api/notifications/devices", buyer.token(), "{\"token\":\"%s\"}".formatted(token));
  }

  private static int devices(Buyer buyer) {
    return reserva
        .call("GET", "/api/notifications/devices", buyer.token(), null)
        .json()
        .path("items")
        .size();
  }

  private static String order(Buyer buyer) {
    Reply product =
        reserva.call(
            "POST",
            "/api/inventory/products",
            reserva.admin(),
            "{\"sku\":\"PEN-%d\",\"name\":\"Pen\",\"stock\":5,\"price\":{\"amount\":\"5.00\",\"currency\":\"BRL\"}}"
                .formatted(NUMBER.incrementAndGet()));
    Reply reply =
        reserva.call(
            "POST",
            "/api/orders",
            reserva.admin(),
            "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"credit_card\"}}"
                .formatted(buyer.id(), product.json().path("id").asString()));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.json().path("id").asString();
  }

  /** Waits until an order has this many messages of a channel in a status, and returns them. */
  private static List<JsonNode> messages(String order, String channel, String status, int many) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                get("/api/notifications?orderId=%s&type=%s&status=%s"
                        .formatted(order, channel, status))
                    .path("items")
                    .valueStream()
                    .toList(),
            found -> found.size() == many);
  }

  private static List<Request> smsTo(String number) {
    return twilio.requests().stream().filter(it -> it.to().equals(number)).toList();
  }

  private static List<Request> pushesTo(String token) {
    return google.requests().stream()
        .filter(it -> it.path().endsWith(":send"))
        .filter(it -> it.json().at("/message/token").asString().equals(token))
        .toList();
  }

  @Test
  @EffectOf({
    "reserva.notifications.sms.account",
    "reserva.notifications.sms.token",
    "reserva.notifications.sms.from",
    "reserva.notifications.sms.url",
    "reserva.notifications.sms.country-code",
    "reserva.notifications.sms.facts"
  })
  void a_customer_with_a_phone_is_told_by_sms_what_the_shop_tells_so() {
    String order = order(buyer("(011) 98765-0001"));

    JsonNode sent = messages(order, "sms", "SENT", 1).getFirst();

    assertThat(sent.path("template").asString()).isEqualTo("order-paid");
    assertThat(sent.path("recipient").asString()).isEqualTo("+5511987650001");
    assertThat(smsTo("+5511987650001")).hasSize(1);
    assertThat(smsTo("+5511987650001").getFirst().form().get("Body"))
        .isEqualTo(sent.path("content").asString())
        .contains("has arrived");
    assertThat(get("/api/events?type=notifications.sms.sent").toString()).contains(order);
    assertThat(get("/api/integrity").path("ok").asBoolean()).isTrue();
  }

  @Test
  @EffectOf({
    "reserva.notifications.push.project",
    "reserva.notifications.push.service-account",
    "reserva.notifications.push.url",
    "reserva.notifications.push.token-url",
    "reserva.notifications.push.facts"
  })
  void each_device_of_a_customer_gets_a_push_message() {
    Buyer buyer = buyer(null);
    assertThat(register(buyer, "phone-of-maria").status()).isEqualTo(201);
    assertThat(register(buyer, "tablet-of-maria").status()).isEqualTo(201);
    assertThat(register(buyer, "tablet-of-maria").status()).isEqualTo(200);

    String order = order(buyer);

    messages(order, "push", "SENT", 4);
    assertThat(pushesTo("phone-of-maria")).hasSize(2);
    assertThat(pushesTo("tablet-of-maria")).hasSize(2);
    assertThat(get("/api/events?type=notifications.push.sent").toString())
        .contains(order)
        .doesNotContain("of-maria");
  }

  @Test
  void a_device_that_is_gone_is_removed_and_the_others_stay() {
    Buyer buyer = buyer(null);
    register(buyer, "gone-for-ever");
    register(buyer, "still-here");

    String order = order(buyer);

    messages(order, "push", "SENT", 2);
    assertThat(
            messages(order, "push", "FAILED", 2).stream().map(it -> it.path("failure").asString()))
        .contains("bounced")
        .isSubsetOf("bounced", "no_address");
    assertThat(devices(buyer)).isEqualTo(1);
  }

  @Test
  void a_number_that_is_refused_for_good_bounces() {
    twilio.answer(request ->
        request.to().equals("+5511987650002") ? Answer.twilioError(400, 21610) : Answer.queued());

    String order = order(buyer("+55 11 98765-0002"));

    assertThat(messages(order, "sms", "FAILED", 1).getFirst().path("failure").asString())
        .isEqualTo("bounced");
  }

  @Test
  void a_customer_lists_and_removes_its_own_devices_only() {
    Buyer buyer = buyer(null);
    Buyer other = buyer(null);
    String id = register(buyer, "mine").json().path("id").asString();
    String path = "/api/notifications/devices/" + id;

    assertThat(devices(other)).isZero();
    assertThat(reserva.call("DELETE", path, other.token(), null).status()).isEqualTo(404);
    assertThat(devices(buyer)).isEqualTo(1);
    JsonNode exported =
        reserva.call("GET", "/api/customers/" + buyer.id() + "/export", buyer.token(), null).json();
    assertThat(exported.toString()).contains("\"mine\"");
    assertThat(reserva.call("DELETE", path, buyer.token(), null).status()).isEqualTo(204);
    assertThat(devices(buyer)).isZero();
    for (String wrong : List.of("{}", "{\"token\":\"\"}", "{\"token\":\"a b\"}")) {
      Reply reply = reserva.call("POST", "/api/notifications/devices", buyer.token(), wrong);
      assertThat(reply.status()).as(reply.body()).isEqualTo(400);
      assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo("/token");
    }
  }

  @Test
  void the_eleventh_device_is_refused() {
    Buyer buyer = buyer(null);
    for (int i = 0; i < 10; i++) {
      assertThat(register(buyer, "many-" + i + "-" + buyer.id()).status()).isEqualTo(201);
    }

    Reply refused = register(buyer, "one-too-many");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/too-many-devices");
    assertThat(devices(buyer)).isEqualTo(10);
  }

  @Test
  void an_operator_sends_by_hand_to_a_number_and_to_the_devices_of_a_customer() {
    Buyer buyer = buyer(null);
    register(buyer, "by-hand");

    Reply sms =
        byHand("sms", "{\"recipient\":\"+5511987650003\",\"content\":\"Your parcel waits.\"}");
    Reply push =
        byHand(
            "push",
            "{\"recipient\":\"%s\",\"subject\":\"Parcel\",\"content\":\"It waits.\"}"
                .formatted(buyer.id()));

    assertThat(sms.status()).as(sms.body()).isEqualTo(202);
    assertThat(push.status()).as(push.body()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> smsTo("+5511987650003").size() == 1);
    await().atMost(PATIENCE).until(() -> pushesTo("by-hand").size() == 1);
    assertThat(smsTo("+5511987650003").getFirst().form().get("Body"))
        .isEqualTo("Your parcel waits.");
    assertThat(
            byHand(
                    "push",
                    "{\"recipient\":\"%s\",\"subject\":\"s\",\"content\":\"c\"}"
                        .formatted(buyer(null).id()))
                .status())
        .isEqualTo(422);
    for (String wrong :
        List.of(
            "sms {\"recipient\":\"11987650003\",\"content\":\"c\"}",
            "sms {\"recipient\":\"+5511987650003\",\"content\":\"c\",\"subject\":\"s\"}",
            "push {\"recipient\":\"token\",\"subject\":\"s\",\"content\":\"c\"}")) {
      Reply reply = byHand(wrong.split(" ", 2)[0], wrong.split(" ", 2)[1]);
      assertThat(reply.status()).as(wrong).isEqualTo(400);
    }
  }

  private static Reply byHand(String channel, String body) {
    return reserva.call("POST", "/api/notifications/" + channel, reserva.admin(), body);
  }
}
