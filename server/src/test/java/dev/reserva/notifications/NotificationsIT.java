package dev.reserva.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What customers and operators are told of orders, by a mail server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotificationsIT {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String USER = "shop-mailer";
  private static final String PASSWORD = "the password of the mailer";

  @TempDir private static Path templates;
  private static GreenMail mail;
  private static TestReserva reserva;

  @BeforeAll
  static void start() throws IOException {
    Path spanish = Files.createDirectories(templates.resolve("order-delivered"));
    Files.writeString(
        spanish.resolve("es.mustache"),
        "De la carpeta {{order}}\n--- text\nt\n--- html\nh\n--- brief\nb\n");
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.setUser("shop@example.org", USER, PASSWORD);
    mail.start();
    reserva =
        TestReserva.start(
            "",
            null,
            "reserva.notifications.sender=shop@example.org",
            "reserva.notifications.shop-name=Livraria Ágil",
            "reserva.notifications.operators=ops@example.org",
            "reserva.notifications.language=pt",
            "reserva.notifications.zone=America/Sao_Paulo",
            "reserva.notifications.max-attempts=1",
            "reserva.notifications.templates=" + templates,
            "reserva.notifications.smtp.host=127.0.0.1",
            "reserva.notifications.smtp.port=" + mail.getSmtp().getPort(),
            "reserva.notifications.smtp.username=" + USER,
            "reserva.notifications.smtp.password=" + PASSWORD,
            "reserva.notifications.smtp.security=none");
  }

  @AfterAll
  static void stop() {
    reserva.close();
    mail.stop();
  }

  private static Reply post(String path, String body) {
    return reserva.call("POST", path, reserva.admin(), body);
  }

  private static JsonNode get(String path) {
    Reply reply = reserva.call("GET", path, reserva.admin(), null);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static String customer(String email, @Nullable String language) {
    Reply reply =
        post(
            "/api/customers",
            "{\"name\":\"Maria <b>Souza</b>\",\"email\":\"%s\"%s}"
                .formatted(email, language == null ? "" : ",\"language\":\"" + language + "\""));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.json().path("id").asString();
  }

  private static String product(int stock, int minimum) {
    Reply reply =
        post(
            "/api/inventory/products",
            ("{\"sku\":\"BOOK-%d\",\"name\":\"Book & <i>Pen</i>\",\"stock\":%d,\"minStock\":%d,"
                    + "\"price\":{\"amount\":\"1599.80\",\"currency\":\"BRL\"}}")
                .formatted(NUMBER.incrementAndGet(), stock, minimum));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.json().path("id").asString();
  }

  private static JsonNode order(String customer, String product, String method) {
    Reply reply =
        post(
            "/api/orders",
            "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"%s\"}}"
                .formatted(customer, product, method));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.json();
  }

  private static List<MimeMessage> mailsTo(String address) {
    return Arrays.stream(mail.getReceivedMessages())
        .filter(message -> {
          try {
            return message.getRecipients(RecipientType.TO)[0].toString().equals(address);
          } catch (MessagingException e) {
            throw new IllegalStateException(e);
          }
        })
        .toList();
  }

  private static MimeMessage awaitMail(String address, String subject) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                mailsTo(address).stream()
                    .filter(message -> subjectOf(message).contains(subject))
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  private static String subjectOf(MimeMessage message) {
    try {
      return message.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text and the HTML of a mail. */
  private static List<String> parts(Object content) throws IOException, MessagingException {
    if (!(content instanceof Multipart parts)) {
      return List.of(content.toString().replace("\r\n", "\n"));
    }
    List<String> all = new java.util.ArrayList<>();
    for (int i = 0; i < parts.getCount(); i++) {
      BodyPart part = parts.getBodyPart(i);
      all.addAll(parts(part.getContent()));
    }
    return all;
  }

  @Test
  @Order(1)
  @EffectOf({
    "reserva.notifications.sender",
    "reserva.notifications.shop-name",
    "reserva.notifications.smtp.host",
    "reserva.notifications.smtp.port",
    "reserva.notifications.smtp.username",
    "reserva.notifications.smtp.password",
    "reserva.notifications.smtp.security"
  })
  void a_customer_is_told_of_the_order_in_text_and_html_with_escaped_values() throws Exception {
    String email = "first@example.org";
    JsonNode order = order(customer(email, "en"), product(5, 0), "credit_card");
    String number = order.path("number").asString();

    MimeMessage confirmed = awaitMail(email, "Order " + number + " is confirmed");

    assertThat(confirmed.getFrom()[0].toString()).contains("shop@example.org");
    assertThat(jakarta.mail.internet.MimeUtility.decodeText(confirmed.getFrom()[0].toString()))
        .contains("Livraria Ágil");
    assertThat(confirmed.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    List<String> words = parts(confirmed.getContent());
    assertThat(words.getFirst())
        .contains("Hello Maria <b>Souza</b>,", "- 1 × Book & <i>Pen</i>: R$1,599.80");
    assertThat(words.getLast())
        .contains(
            "Maria &lt;b&gt;Souza&lt;/b&gt;", "Book &amp; &lt;i&gt;Pen&lt;/i&gt;", "Livraria Ágil")
        .doesNotContain("<i>Pen");
    assertThat(mailsTo(email)).as("its earlier steps are not told beside it").hasSize(1);
  }

  @Test
  @Order(2)
  @EffectOf({"reserva.notifications.language", "reserva.notifications.zone"})
  void a_customer_without_a_language_is_written_to_in_the_shops_own() throws Exception {
    String email = "second@example.org";
    JsonNode order = order(customer(email, null), product(5, 0), "pix\",\"token\":\"tok_pending");

    MimeMessage pending =
        awaitMail(email, "Pagamento do pedido " + order.path("number").asString());
    String text = parts(pending.getContent()).getFirst().replace('\u00a0', ' ');
    assertThat(text).contains("aguarda o pagamento de R$ 1.599,80", "Pague com este código: ");
    java.time.ZonedDateTime now =
        java.time.ZonedDateTime.now(java.time.ZoneId.of("America/Sao_Paulo"));
    assertThat(text).contains(" de " + now.getYear());
  }

  @Test
  @Order(3)
  void the_history_shows_what_was_sent_and_the_customer_sees_its_own() {
    String email = "third@example.org";
    String customer = customer(email, "es");
    String order = order(customer, product(5, 0), "credit_card").path("id").asString();
    awaitMail(email, "confirmado");

    JsonNode items =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> get("/api/notifications?status=SENT&orderId=" + order).path("items"),
                found -> !found.isEmpty());
    JsonNode confirmed = items.get(0);
    assertThat(confirmed.path("template").asString()).isEqualTo("order-confirmed");
    assertThat(confirmed.path("type").asString()).isEqualTo("email");
    assertThat(confirmed.path("recipient").asString()).isEqualTo(email);
    assertThat(confirmed.path("subject").asString()).endsWith("confirmado");
    assertThat(confirmed.path("content").asString()).contains("Maria <b>Souza</b>");
    assertThat(confirmed.path("trigger").asString()).isEqualTo("sales.order.confirmed");
    assertThat(confirmed.path("customerId").asString()).isEqualTo(customer);
    assertThat(confirmed.path("sentAt").asString()).isNotEmpty();
    assertThat(get("/api/notifications?limit=2").path("nextCursor").asString()).isNotEmpty();
    JsonNode events = get("/api/events?type=notifications.email.sent").path("items");
    assertThat(events.toString()).contains(order).doesNotContain(email);
    assertThat(get("/api/integrity").path("ok").asBoolean()).isTrue();
  }

  @Test
  @Order(4)
  @EffectOf("reserva.notifications.operators")
  void operators_are_told_of_stock_that_is_low_and_depleted() {
    order(customer("fourth@example.org", "en"), product(2, 1), "credit_card");
    awaitMail("ops@example.org", "Estoque de BOOK-" + NUMBER.get() + " baixo");
    order(customer("fifth@example.org", "en"), product(1, 0), "credit_card");
    awaitMail("ops@example.org", "BOOK-" + NUMBER.get() + " esgotado");
  }

  @Test
  @Order(5)
  void an_operator_sends_an_email_by_hand() throws Exception {
    Reply words =
        post(
            "/api/notifications/email",
            "{\"recipient\":\"joao@example.org\",\"subject\":\"Hello\",\"content\":\"Your <parcel>\\nwaits.\"}");
    assertThat(words.status()).as(words.body()).isEqualTo(202);
    assertThat(words.json().path("status").asString()).isEqualTo("PENDING");
    assertThat(parts(awaitMail("joao@example.org", "Hello").getContent()).getFirst())
        .startsWith("Your <parcel>\nwaits.");

    String customer = customer("sixth@example.org", "en");
    Reply template =
        post(
            "/api/notifications/email",
            "{\"recipient\":\"%s\",\"template\":\"order-paid\",\"data\":{\"order\":\"R-9\",\"amount\":\"ten\"}}"
                .formatted(customer));
    assertThat(template.status()).as(template.body()).isEqualTo(202);
    assertThat(parts(awaitMail("sixth@example.org", "Order R-9 is paid").getContent()).getFirst())
        .contains("your payment of ten for order R-9");
  }

  @Test
  @Order(6)
  void a_message_by_hand_names_what_is_wrong_with_it() {
    assertThat(wrong("{\"recipient\":\"nobody\",\"subject\":\"s\",\"content\":\"c\"}"))
        .contains("/recipient");
    assertThat(wrong("{\"recipient\":\"a@example.org\"}")).contains("");
    assertThat(wrong("{\"recipient\":\"a@example.org\",\"content\":\"c\"}")).contains("/subject");
    assertThat(wrong("{\"recipient\":\"a@example.org\",\"template\":\"none\"}"))
        .contains("/template");
    assertThat(
            wrong(
                "{\"recipient\":\"a@example.org\",\"template\":\"order-paid\",\"data\":{\"1\":\"x\"}}"))
        .contains("/data");
    assertThat(reserva.call("GET", "/api/notifications?type=fax", reserva.admin(), null).status())
        .isEqualTo(400);
    assertThat(
            reserva.call("GET", "/api/notifications?status=LOST", reserva.admin(), null).status())
        .isEqualTo(400);
  }

  private static List<String> wrong(String body) {
    Reply reply = post("/api/notifications/email", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    return reply
        .json()
        .path("errors")
        .valueStream()
        .map(error -> error.path("pointer").asString())
        .toList();
  }

  @Test
  @Order(7)
  void the_words_of_an_erased_customer_are_gone() {
    String email = "erased@example.org";
    String customer = customer(email, "en");
    Reply sent =
        post(
            "/api/notifications/email",
            "{\"recipient\":\"%s\",\"subject\":\"Secret words\",\"content\":\"c\"}"
                .formatted(customer));
    awaitMail(email, "Secret words");
    String id = sent.json().path("id").asString();

    assertThat(
            reserva
                .call("DELETE", "/api/customers/" + customer + "?erase=true", reserva.admin(), null)
                .status())
        .isLessThan(300);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          JsonNode found =
              get("/api/notifications?limit=200")
                  .path("items")
                  .valueStream()
                  .filter(item -> item.path("id").asString().equals(id))
                  .findFirst()
                  .orElseThrow();
          assertThat(found.path("recipient").asString()).isEmpty();
          assertThat(found.path("subject").asString()).isEmpty();
        });
  }

  @Test
  @Order(8)
  void an_operator_writes_previews_uses_and_removes_a_template() {
    String path = "/api/notifications/templates/order-paid";
    assertThat(languages(path)).containsExactly("en false", "pt false", "es false");
    String body =
        """
        {"language":"en","subject":"Paid: {{order}}","text":"Hi {{name}}, {{amount}}.",
         "html":"<p>Hi {{name}}</p>","brief":"Paid {{order}}"}
        """;

    assertThat(reserva.call("PUT", path, reserva.admin(), body).status()).isEqualTo(200);
    assertThat(languages(path)).containsExactly("en true", "pt false", "es false");
    Reply preview =
        post(
            path + "/preview",
            "{\"language\":\"en\",\"data\":{\"order\":\"R-7\",\"name\":\"<Ana>\"}}");
    assertThat(preview.json().path("subject").asString()).isEqualTo("Paid: R-7");
    assertThat(preview.json().path("text").asString()).isEqualTo("Hi <Ana>, .");
    assertThat(preview.json().path("html").asString()).contains("<p>Hi &lt;Ana&gt;</p>");
    assertThat(preview.json().path("brief").asString()).isEqualTo("Paid R-7");

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          String email = "paid-" + NUMBER.incrementAndGet() + "@example.org";
          post(
              "/api/notifications/email",
              "{\"recipient\":\"%s\",\"template\":\"order-paid\",\"data\":{\"order\":\"R-8\"}}"
                  .formatted(customer(email, "en")));
          awaitMail(email, "");
          return subjectOf(mailsTo(email).getFirst()).equals("Paid: R-8");
        });

    assertThat(reserva.call("DELETE", path + "?language=en", reserva.admin(), null).status())
        .isEqualTo(200);
    assertThat(languages(path)).containsExactly("en false", "pt false", "es false");
  }

  private static List<String> languages(String path) {
    return get(path)
        .path("languages")
        .valueStream()
        .map(it -> it.path("language").asString() + " " + it.path("own").asBoolean())
        .toList();
  }

  @Test
  @Order(9)
  void a_template_that_cannot_be_read_is_refused_with_its_part() {
    String path = "/api/notifications/templates/order-paid";
    for (String wrong :
        List.of(
            "{{#a}}open",
            "{{>other}}",
            "{{=<% %>=}}",
            "{{#a}}{{#a}}{{#a}}{{#a}}x{{/a}}{{/a}}{{/a}}{{/a}}")) {
      Reply reply =
          reserva.call(
              "PUT",
              path,
              reserva.admin(),
              "{\"language\":\"en\",\"subject\":\"s\",\"text\":\"t\",\"html\":\"%s\",\"brief\":\"b\"}"
                  .formatted(wrong));
      assertThat(reply.status()).as(reply.body()).isEqualTo(400);
      assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo("/html");
    }
    assertThat(
            reserva
                .call("GET", "/api/notifications/templates/none", reserva.admin(), null)
                .status())
        .isEqualTo(404);
    assertThat(reserva.call("DELETE", path, reserva.admin(), null).status()).isEqualTo(400);
  }

  @Test
  @Order(10)
  @EffectOf("reserva.notifications.templates")
  void a_template_of_the_folder_counts_before_that_of_the_program() {
    String customer = customer("folder@example.org", "es");
    post(
        "/api/notifications/email",
        "{\"recipient\":\"%s\",\"template\":\"order-delivered\",\"data\":{\"order\":\"R-5\"}}"
            .formatted(customer));

    awaitMail("folder@example.org", "De la carpeta R-5");
  }

  @Test
  @Order(11)
  @EffectOf("reserva.notifications.max-attempts")
  void a_message_that_no_server_takes_is_given_up_after_its_attempts() {
    mail.stop();
    Reply sent =
        post(
            "/api/notifications/email",
            "{\"recipient\":\"late@example.org\",\"subject\":\"Late\",\"content\":\"c\"}");
    String id = sent.json().path("id").asString();

    JsonNode failed =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    get("/api/notifications?status=FAILED")
                        .path("items")
                        .valueStream()
                        .filter(item -> item.path("id").asString().equals(id))
                        .findFirst()
                        .orElse(null),
                found -> found != null);
    assertThat(failed.path("failure").asString()).isEqualTo("attempts_exhausted");
    assertThat(get("/api/events?type=notifications.delivery.failed").toString()).contains(id);
  }
}
