package dev.reserva.notifications.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.reserva.notifications.adapters.http.FakeProvider.Answer;
import dev.reserva.notifications.adapters.http.FakeProvider.Request;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.MessageSender.Result;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FcmApiTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private final AtomicInteger tokens = new AtomicInteger();
  private final FakeProvider google = new FakeProvider(this::answer);
  private final ProviderClient client = new ProviderClient(Duration.ofSeconds(10));
  private KeyPair key;
  private Answer toMessages = Answer.named();
  private Instant now = NOW;
  private FcmApi api;

  @BeforeEach
  void start() throws IOException {
    key = ServiceAccountFile.key();
    api =
        new FcmApi(
            client,
            google.url(),
            "shop",
            ServiceAccount.read(
                ServiceAccountFile.write(folder, key),
                client,
                URI.create(google.url() + "/token"),
                new Clock() {
                  @Override
                  public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                  }

                  @Override
                  public Clock withZone(java.time.ZoneId zone) {
                    return this;
                  }

                  @Override
                  public Instant instant() {
                    return now;
                  }
                }));
  }

  @AfterEach
  void close() {
    client.close();
    google.close();
  }

  private Answer answer(Request request) {
    return request.path().equals("/token")
        ? Answer.token("access-" + tokens.incrementAndGet())
        : toMessages;
  }

  private Result send() {
    return new HttpSender(Channel.PUSH, api)
        .send(
            List.of(
                new Outgoing(
                    new UUID(0, 7),
                    "device:token",
                    Language.EN,
                    new Rendered("Order R-1 is on its way", "Track it.", null),
                    null)))
        .getFirst();
  }

  private List<Request> messages() {
    return google.requests().stream().filter(it -> !it.path().equals("/token")).toList();
  }

  @Test
  void a_message_is_posted_to_the_project_with_its_id_as_tag() {
    assertThat(send()).isEqualTo(new Result.Accepted());

    Request request = messages().getFirst();
    assertThat(request.path()).isEqualTo("/v1/projects/shop/messages:send");
    assertThat(request.authorization()).isEqualTo("Bearer access-1");
    assertThat(request.json().at("/message/token").asString()).isEqualTo("device:token");
    assertThat(request.json().at("/message/notification/title").asString())
        .isEqualTo("Order R-1 is on its way");
    assertThat(request.json().at("/message/notification/body").asString()).isEqualTo("Track it.");
    String id = new UUID(0, 7).toString();
    assertThat(request.json().at("/message/data/messageId").asString()).isEqualTo(id);
    assertThat(request.json().at("/message/android/notification/tag").asString()).isEqualTo(id);
    assertThat(request.json().at("/message/apns/headers/apns-collapse-id").asString())
        .isEqualTo(id);
  }

  @Test
  void an_access_token_is_got_by_a_signed_jwt_and_used_until_it_expires() throws Exception {
    send();
    now = NOW.plus(Duration.ofMinutes(58));
    send();
    assertThat(tokens.get()).isEqualTo(1);
    now = NOW.plus(Duration.ofMinutes(59));
    send();
    assertThat(tokens.get()).isEqualTo(2);

    Request asked = google.requests().getFirst();
    assertThat(asked.form().get("grant_type"))
        .isEqualTo("urn:ietf:params:oauth:grant-type:jwt-bearer");
    SignedJWT jwt = SignedJWT.parse(asked.form().get("assertion"));
    assertThat(jwt.verify(new RSASSAVerifier((RSAPublicKey) key.getPublic()))).isTrue();
    assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo(ServiceAccountFile.EMAIL);
    assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly(google.url() + "/token");
    assertThat(jwt.getJWTClaimsSet().getStringClaim("scope"))
        .isEqualTo("https://www.googleapis.com/auth/firebase.messaging");
    assertThat(jwt.getJWTClaimsSet().getExpirationTime().toInstant())
        .isEqualTo(NOW.plus(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "404, UNREGISTERED, Bounced",
    "403, SENDER_ID_MISMATCH, Bounced",
    "400, INVALID_ARGUMENT, Rejected",
    "404, OTHER, Unavailable",
    "429, QUOTA_EXCEEDED, Unavailable",
    "500, INTERNAL, Unavailable",
    "503, UNAVAILABLE, Unavailable"
  })
  void an_error_bounces_is_refused_or_may_pass(int status, String code, String expected) {
    toMessages = Answer.fcmError(status, code);

    assertThat(send().getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void an_access_token_that_is_refused_is_got_anew() {
    toMessages = Answer.fcmError(401, "THIRD_PARTY_AUTH_ERROR");
    assertThat(send()).isInstanceOf(Result.Unavailable.class);

    toMessages = Answer.named();
    assertThat(send()).isEqualTo(new Result.Accepted());
    assertThat(messages().getLast().authorization()).isEqualTo("Bearer access-2");
  }

  @Test
  void while_no_access_token_is_given_out_each_message_waits_and_few_ask() {
    google.answer(_ -> new Answer(400, "{\"error\":\"invalid_grant\"}"));

    for (int i = 0; i < 5; i++) {
      assertThat(send())
          .isEqualTo(new Result.Unavailable("no access token: status 400, invalid_grant"));
    }
    assertThat(google.requests()).hasSize(1);

    google.answer(this::answer);
    now = NOW.plus(Duration.ofSeconds(5));
    assertThat(send()).isEqualTo(new Result.Accepted());
  }

  @Test
  void a_file_that_is_no_key_is_refused_without_its_content() throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.json"), "{\"private_key\":\"secret\"}");

    assertThatThrownBy(() ->
            ServiceAccount.read(
                file, client, URI.create("http://127.0.0.1/token"), Clock.systemUTC()))
        .hasMessageContaining("reserva.notifications.push.service-account")
        .hasMessageContaining("wrong.json")
        .hasMessageNotContaining("secret");
  }
}
