package dev.reserva.operations;

import static dev.reserva.operations.AuditedServer.LONG;
import static dev.reserva.operations.AuditedServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the audit trail tells of security: log-ins, tokens, and attempts that were refused. */
class SecurityEventsIT {

  @RegisterExtension
  private static final SharedFixture<AuditedServer> AUDITED = AuditedServer.shared();

  private final AuditedServer audited = AUDITED.get();
  private final TestReserva reserva = audited.reserva();

  private void logIn(String username, String password) {
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

  private Reply refresh(String token) {
    return reserva.call(
        "POST", "/api/auth/refresh", null, "{\"refreshToken\":\"%s\"}".formatted(token));
  }

  @Test
  void a_log_in_is_on_record_and_a_failed_one_names_the_user_only_if_there_is_one() {
    reserva.login("ana@example.com", PASSWORD);
    logIn("ana@example.com", "wrong");
    logIn("admin", "wrong");
    logIn("my secret pass phrase", "wrong");

    assertThat(
            audited
                .newest("security.login.succeeded", audited.customer())
                .path("actorKind")
                .asString())
        .isEqualTo("customer");
    JsonNode failed = audited.newest("security.login.failed", audited.customer());
    assertThat(failed.path("actor").asString()).isEqualTo("anonymous");
    assertThat(failed.path("address").asString()).isEqualTo("127.0.0.1");
    audited.newest("security.login.failed", "admin");
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(audited.items("?action=security.login.failed"))
                .anyMatch(item -> item.path("changes").toString().contains("unknown")));
    assertThat(audited.items("?limit=200").toString()).doesNotContain("secret", "ana@");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';setting.up;{\"password\":\"wrong\"}",
        "/disable;switching.off;{\"password\":\"wrong\",\"otp\":\"123456\"}"
      })
  void a_wrong_password_at_the_second_factor_is_on_record(
      String command, String name, String body) {
    reserva.hire(name, PASSWORD, "operator");
    String token = reserva.login(name, PASSWORD);

    Reply refused = reserva.call("POST", "/api/auth/second-factor" + command, token, body);

    assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    assertThat(refused.json().path("detail").asString())
        .isEqualTo("the password or the code is wrong");
    JsonNode failed = audited.newest("security.login.failed", name);
    assertThat(failed.path("actor").asString()).isEqualTo(name);
    assertThat(failed.path("changes").toString()).contains("the current one, asked for again");
  }

  @Test
  void a_refresh_token_that_is_used_twice_is_on_record() {
    audited.register("stolen@example.com");
    String first = audited.session("stolen@example.com").path("refreshToken").asString();
    String second = refresh(first).json().path("refreshToken").asString();
    refresh(second);
    assertThat(refresh(first).status()).isEqualTo(401);

    await()
        .atMost(LONG)
        .until(() -> !audited.items("?action=security.refresh_token.reused").isEmpty());
    assertThat(audited.items("?limit=200").toString()).doesNotContain(first, second);
  }

  @Test
  void a_log_out_is_on_record() {
    UUID leaving = audited.register("leaving@example.com");
    String token = audited.session("leaving@example.com").path("accessToken").asString();
    String other = audited.session("leaving@example.com").path("accessToken").asString();
    assertThat(reserva.call("POST", "/api/auth/logout", token, null).status()).isEqualTo(204);
    assertThat(reserva.call("POST", "/api/auth/logout-everywhere", other, null).status())
        .isEqualTo(204);

    assertThat(audited.newest("security.logout", leaving).path("actor").asString())
        .isEqualTo(leaving.toString());
    audited.newest("security.sessions.ended", leaving);
  }

  @Test
  void a_new_signing_key_is_on_record() {
    await()
        .atMost(LONG)
        .until(() -> !audited.items("?action=security.signing_key.published").isEmpty());
  }

  @Test
  void an_attempt_to_log_in_beyond_the_limit_is_on_record() {
    audited.register("tried@example.com");
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

    await().atMost(LONG).until(() -> !audited.items("?action=security.login.limited").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"not.a.token", "x"})
  void a_refused_token_is_on_record_with_its_address(String token) {
    assertThat(reserva.call("GET", "/api/orders", token, null).status()).isEqualTo(401);

    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(audited.items("?action=security.token.refused"))
                .anySatisfy(item -> {
                  assertThat(item.path("address").asString()).isEqualTo("127.0.0.1");
                  assertThat(item.path("changes").toString()).contains("invalid_token");
                }));
  }

  @Test
  void a_caller_without_the_role_is_on_record() {
    String token = reserva.login("ana@example.com", PASSWORD);
    assertThat(reserva.call("GET", "/api/users", token, null).status()).isEqualTo(403);

    JsonNode denied = audited.newest("security.access.denied", "GET /api/users");
    assertThat(denied.path("actor").asString()).isEqualTo(audited.customer().toString());
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
        .until(() -> !audited.items("?action=security.webhook_signature.refused").isEmpty());
  }
}
