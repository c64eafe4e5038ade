package dev.reserva.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.notifications.adapters.http.FakeProvider;
import dev.reserva.notifications.adapters.http.FakeProvider.Answer;
import dev.reserva.notifications.adapters.mongodb.MongoServerOfTest;
import dev.reserva.platform.files.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What customers choose, and what operators see of channels, by HTTP. Mails are files. */
class UnsubscribeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern LINK =
      Pattern.compile("List-Unsubscribe:\\s+<https://shop\\.example(/unsubscribe/[^>]+)>");

  private static Path data;
  private static MongoServerOfTest mongo;
  private static FakeProvider twilio;
  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    mongo = new MongoServerOfTest();
    twilio = new FakeProvider(_ -> Answer.twilioError(503, 20503));
    reserva =
        TestReserva.start(
            "customers,notifications,operations",
            null,
            "reserva.notifications.history=mongodb",
            "reserva.notifications.mongodb.url=" + mongo.url(),
            "reserva.notifications.mongodb.database=shop",
            "reserva.notifications.public-url=https://shop.example",
            "reserva.notifications.sms.account=AC12",
            "reserva.notifications.sms.token=the token of the account",
            "reserva.notifications.sms.from=+15005550006",
            "reserva.notifications.sms.url=" + twilio.url());
    data = reserva.bean(DataFolder.class).path();
  }

  @AfterAll
  static void stop() {
    reserva.close();
    twilio.close();
    mongo.close();
  }

  private record Buyer(String id, String token) {
    String preferences() {
      return "/api/customers/" + id + "/notification-preferences";
    }
  }

  private static Buyer buyer(String email) {
    Reply reply =
        reserva.call(
            "POST",
            "/api/customers",
            null,
            "{\"name\":\"Maria\",\"email\":\"%s\",\"password\":\"a long password\"}"
                .formatted(email));
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    String id =
        reserva
            .call("GET", "/api/customers?email=" + email, reserva.admin(), null)
            .json()
            .at("/items/0/id")
            .asString();
    return new Buyer(id, reserva.login(email, "a long password"));
  }

  private static String queued(String body) {
    Reply reply = reserva.call("POST", "/api/notifications/email", reserva.admin(), body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    return reply.json().path("id").asString();
  }

  private static String progress(Buyer buyer) {
    return queued(
        "{\"recipient\":\"%s\",\"template\":\"order-paid\",\"data\":{\"order\":\"R-1\"}}"
            .formatted(buyer.id()));
  }

  private static String news(Buyer buyer) {
    return queued(
        "{\"recipient\":\"%s\",\"subject\":\"Sale\",\"content\":\"c\",\"kind\":\"news\"}"
            .formatted(buyer.id()));
  }

  /** The mail of a message, once it is written. */
  private static String mail(String message) throws IOException {
    Path file = data.resolve("outbox").resolve(message + ".eml");
    await().atMost(PATIENCE).until(() -> Files.exists(file));
    return Files.readString(file).replaceAll("\r\n[ \t]+", " ");
  }

  private static void awaitSkipped(Buyer buyer, String message) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            reserva
                .call("GET", "/api/notifications?status=SKIPPED", buyer.token(), null)
                .json()
                .path("items")
                .valueStream()
                .anyMatch(it ->
                    it.path("id").asString().equals(message)
                        && it.path("failure").asString().equals("unsubscribed")));
  }

  private static boolean wants(Buyer buyer, String kind, String type) {
    return reserva
        .call("GET", buyer.preferences(), buyer.token(), null)
        .json()
        .path("preferences")
        .valueStream()
        .filter(it -> it.path("kind").asString().equals(kind))
        .filter(it -> it.path("type").asString().equals(type))
        .findFirst()
        .map(it -> it.path("wanted").asBoolean())
        .orElseThrow();
  }

  @Test
  @EffectOf("reserva.notifications.public-url")
  void a_mail_is_unsubscribed_by_a_post_and_not_by_a_get() throws IOException {
    Buyer buyer = buyer("unsubscribe@example.org");
    String mail = mail(progress(buyer));
    assertThat(mail).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    Matcher link = LINK.matcher(mail);
    assertThat(link.find()).as(mail).isTrue();
    String path = link.group(1);

    Reply asked = reserva.call("GET", path, null, null);
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.body()).contains("<form method=\"post\">");
    assertThat(wants(buyer, "progress", "email")).isTrue();

    for (String[] form :
        List.of(
            new String[] {"application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"},
            new String[] {
              "multipart/form-data; boundary=b",
              "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
            })) {
      Reply done = reserva.call("POST", path, null, form[1], "Content-Type", form[0]);
      assertThat(done.status()).as(form[0] + done.body()).isEqualTo(200);
    }

    assertThat(wants(buyer, "progress", "email")).isFalse();
    assertThat(wants(buyer, "progress", "sms")).isTrue();
    awaitSkipped(buyer, progress(buyer));
    assertThat(reserva.call("POST", path + "x", null, null).status()).isEqualTo(404);
    assertThat(
            reserva
                .call("POST", "/api/customers", null, "a=b", "Content-Type", "multipart/form-data")
                .status())
        .as("no other route takes a form")
        .isEqualTo(415);
  }

  @Test
  void news_need_a_choice_and_what_is_needed_cannot_be_refused() throws IOException {
    Buyer buyer = buyer("news@example.org");
    awaitSkipped(buyer, news(buyer));
    Reply chosen =
        reserva.call(
            "PUT",
            buyer.preferences(),
            buyer.token(),
            "{\"preferences\":[{\"kind\":\"news\",\"type\":\"email\",\"wanted\":true}]}");
    assertThat(chosen.status()).as(chosen.body()).isEqualTo(200);
    assertThat(mail(news(buyer))).contains("List-Unsubscribe:");

    Reply refused =
        reserva.call(
            "PUT",
            buyer.preferences(),
            buyer.token(),
            "{\"preferences\":[{\"kind\":\"transaction\",\"type\":\"email\",\"wanted\":false}]}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("type").asString())
        .isEqualTo("/problems/transactional-messages");
    assertThat(wants(buyer, "news", "email")).isTrue();
    assertThat(
            mail(
                queued(
                    "{\"recipient\":\"%s\",\"subject\":\"Order\",\"content\":\"c\"}"
                        .formatted(buyer.id()))))
        .doesNotContain("List-Unsubscribe");
  }

  @Test
  @EffectOf({
    "reserva.notifications.history",
    "reserva.notifications.mongodb.url",
    "reserva.notifications.mongodb.database"
  })
  void the_words_are_in_mongodb_and_sealed_there() throws IOException {
    Buyer buyer = buyer("mongo@example.org");
    String message = progress(buyer);
    mail(message);

    JsonNode shown =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    reserva
                        .call("GET", "/api/notifications?status=SENT", buyer.token(), null)
                        .json()
                        .at("/items/0"),
                found -> !found.isMissingNode());
    assertThat(shown.path("id").asString()).isEqualTo(message);
    assertThat(shown.path("recipient").asString()).isEqualTo("mongo@example.org");
    try (var client = com.mongodb.client.MongoClients.create(mongo.url())) {
      assertThat(
              client
                  .getDatabase("shop")
                  .getCollection("notifications")
                  .find(new org.bson.Document("_id", message)))
          .singleElement()
          .satisfies(found ->
              assertThat(found.toJson()).contains("SENT").doesNotContain("mongo@example.org"));
    }
  }

  @Test
  void preferences_are_the_customers_own_and_wrong_ones_are_named() {
    Buyer buyer = buyer("own@example.org");
    Buyer other = buyer("other@example.org");

    assertThat(reserva.call("GET", buyer.preferences(), other.token(), null).status())
        .isEqualTo(404);
    await()
        .atMost(PATIENCE)
        .until(
            () -> reserva.call("GET", buyer.preferences(), reserva.admin(), null).status() == 200);
    for (String[] wrong :
        new String[][] {
          {"{}", "/preferences"},
          {
            "{\"preferences\":[{\"kind\":\"alert\",\"type\":\"sms\",\"wanted\":true}]}",
            "/preferences/0/kind"
          },
          {
            "{\"preferences\":[{\"kind\":\"news\",\"type\":\"fax\",\"wanted\":true}]}",
            "/preferences/0/type"
          },
          {"{\"preferences\":[{\"kind\":\"news\",\"type\":\"sms\"}]}", "/preferences/0/wanted"},
          {
            "{\"preferences\":[{\"kind\":\"news\",\"type\":\"sms\",\"wanted\":true},"
                + "{\"kind\":\"news\",\"type\":\"sms\",\"wanted\":false}]}",
            "/preferences/1"
          }
        }) {
      Reply reply = reserva.call("PUT", buyer.preferences(), buyer.token(), wrong[0]);
      assertThat(reply.status()).as(reply.body()).isEqualTo(400);
      assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(wrong[1]);
    }
    JsonNode exported =
        reserva.call("GET", "/api/customers/" + buyer.id() + "/export", buyer.token(), null).json();
    assertThat(exported.toString()).contains("notification-preferences");
  }

  @Test
  void a_provider_that_does_not_answer_is_seen_in_health_and_metrics() {
    for (int i = 0; i < 10; i++) {
      reserva.call(
          "POST",
          "/api/notifications/sms",
          reserva.admin(),
          "{\"recipient\":\"+551198765432%d\",\"content\":\"c\"}".formatted(i));
    }

    await()
        .atMost(PATIENCE)
        .until(
            () -> reserva.call("GET", "/api/health", reserva.admin(), null).body(),
            health -> health.contains("the channel sms"));
    String metrics = reserva.call("GET", "/actuator/prometheus", reserva.admin(), null).body();
    assertThat(metrics)
        .contains(
            "reserva_notifications_circuit_open{channel=\"sms\"} 1.0",
            "reserva_notifications_circuit_open{channel=\"email\"} 0.0",
            "reserva_notifications_backlog{channel=\"sms\"} 10.0",
            "reserva_notifications_messages_total{channel=\"sms\",outcome=\"sent\"} 0.0");
  }
}
