package dev.reserva.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** API keys through HTTP. */
class ApiKeysIT {

  private static final String PATH = "/api/api-keys";

  @RegisterExtension private static final SharedFixture<Accounts> ACCOUNTS = Accounts.shared();

  private final Accounts accounts = ACCOUNTS.get();
  private final TestReserva reserva = accounts.reserva();

  private Reply make(String token, String role, String... headers) {
    return reserva.call(
        "POST", PATH, token, "{\"name\":\"Import\",\"roles\":[\"%s\"]}".formatted(role), headers);
  }

  private JsonNode made(String role) {
    Reply made = make(reserva.admin(), role);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json();
  }

  private int status(String method, String path, String token) {
    return reserva.call(method, path, token, method.equals("GET") ? null : "{}").status();
  }

  private JsonNode listed(String id) {
    for (JsonNode item :
        reserva.call("GET", PATH + "?limit=200", reserva.admin(), null).json().get("items")) {
      if (item.get("id").asString().equals(id)) {
        return item;
      }
    }
    throw new AssertionError("no key " + id);
  }

  @Test
  void a_key_opens_what_its_roles_do() {
    Reply made = make(reserva.admin(), "operator");
    JsonNode body = made.json();
    String key = body.get("key").asString();
    assertThat(made.header("Location")).isEqualTo(PATH + "/" + body.get("id").asString());
    assertThat(key).matches("rsv_" + body.get("prefix").asString() + "_[a-z2-7]{52}");
    assertThat(body.get("createdBy").asString()).isEqualTo("admin");
    assertThat(status("GET", "/api/customers", key)).isEqualTo(200);
    assertThat(status("GET", "/api/users", key)).isEqualTo(403);
    assertThat(status("GET", "/api/users", made("admin").get("key").asString())).isEqualTo(200);
  }

  @Test
  void a_list_shows_keys_and_their_last_use_without_their_secrets() {
    JsonNode made = made("operator");
    String id = made.get("id").asString();
    assertThat(listed(id).has("lastUsedAt")).isFalse();
    status("GET", "/api/customers", made.get("key").asString());
    JsonNode listed = listed(id);
    assertThat(Instant.parse(listed.get("lastUsedAt").asString()))
        .isAfterOrEqualTo(Instant.parse(made.get("createdAt").asString()).minusSeconds(1));
    assertThat(listed.has("key")).isFalse();
    assertThat(listed.toString())
        .doesNotContain(made.get("key").asString().substring("rsv_".length() + 9));
    JsonNode first = reserva.call("GET", PATH + "?limit=1", reserva.admin(), null).json();
    assertThat(first.get("items")).hasSize(1);
  }

  @Test
  void a_revoked_key_opens_nothing() {
    JsonNode made = made("operator");
    String key = made.get("key").asString();
    String path = PATH + "/" + made.get("id").asString();
    assertThat(status("GET", "/api/customers", key)).isEqualTo(200);
    assertThat(reserva.call("DELETE", path, reserva.admin(), null).status()).isEqualTo(204);
    assertThat(status("GET", "/api/customers", key)).isEqualTo(401);
    assertThat(reserva.call("DELETE", path, reserva.admin(), null).status()).isEqualTo(204);
    assertThat(listed(made.get("id").asString()).has("revokedAt")).isTrue();
    assertThat(
            reserva.call("DELETE", PATH + "/" + UUID.randomUUID(), reserva.admin(), null).status())
        .isEqualTo(404);
  }

  @Test
  void an_expired_key_opens_nothing() {
    String expiry = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS).toString();
    Reply made =
        reserva.call(
            "POST",
            PATH,
            reserva.admin(),
            "{\"name\":\"Short\",\"roles\":[\"operator\"],\"expiresAt\":\"%s\"}".formatted(expiry));
    String key = made.json().get("key").asString();
    assertThat(made.json().get("expiresAt").asString()).isEqualTo(expiry);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(status("GET", "/api/customers", key)).isEqualTo(401));
    assertThat(Instant.now()).isAfterOrEqualTo(Instant.parse(expiry));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/api-keys",
    "GET, /api/api-keys",
    "DELETE, /api/api-keys/018f4c00-0000-7000-8000-000000000001",
    "POST, /api/users",
    "PUT, /api/users/somebody",
    "DELETE, /api/users/somebody",
    "DELETE, /api/users/somebody/second-factor",
    "POST, /api/auth/second-factor"
  })
  void a_key_makes_nothing_that_would_stay_when_it_is_revoked(String method, String path) {
    Reply refused =
        reserva.call(method, path, made("admin").get("key").asString(), "{\"password\":\"x\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("detail").asString()).contains("not with an API key");
  }

  @Test
  void a_key_ends_with_the_login_of_its_maker() {
    String name = accounts.hired("admin");
    String key =
        make(reserva.login(name, Accounts.PASSWORD), "operator").json().get("key").asString();
    assertThat(status("GET", "/api/customers", key)).isEqualTo(200);
    assertThat(reserva.call("DELETE", "/api/users/" + name, reserva.admin(), null).status())
        .isEqualTo(204);
    assertThat(status("GET", "/api/customers", key)).isEqualTo(401);
  }

  @Test
  void a_key_ends_when_its_maker_loses_a_role_that_it_has() {
    String name = accounts.hired("admin");
    String maker = reserva.login(name, Accounts.PASSWORD);
    String ofOperator = make(maker, "operator").json().get("key").asString();
    String ofWarehouse = make(maker, "warehouse").json().get("key").asString();
    assertThat(
            reserva
                .call(
                    "PUT",
                    "/api/users/" + name,
                    reserva.admin(),
                    "{\"roles\":[\"operator\"],\"active\":true}")
                .status())
        .isEqualTo(200);
    assertThat(status("GET", "/api/customers", ofOperator)).isEqualTo(200);
    assertThat(status("GET", "/api/customers", ofWarehouse)).isEqualTo(401);
  }

  @Test
  void a_key_is_made_and_revoked_on_record() {
    JsonNode made = made("operator");
    String id = made.get("id").asString();
    reserva.call("DELETE", PATH + "/" + id, reserva.admin(), null);
    assertThat(accounts.recordsAbout(id))
        .contains(
            "customers.api_key.make",
            "customers.api_key.revoke",
            "security.api_key.created",
            "security.api_key.revoked")
        .doesNotContain(made.get("key").asString());
  }

  @Test
  void a_repeated_request_gets_the_same_key_which_is_not_stored() {
    String idempotency = UUID.randomUUID().toString();
    Reply first = make(reserva.admin(), "operator", "Idempotency-Key", idempotency);
    Reply again = make(reserva.admin(), "operator", "Idempotency-Key", idempotency);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"roles\":[\"operator\"]} | /name | is required",
        "{\"name\":\" \",\"roles\":[\"operator\"]} | /name | name must have 1..100 characters, had 0",
        "{\"name\":\"x\"} | /roles | is required",
        "{\"name\":\"x\",\"roles\":[\"customer\"]} | /roles/0 | role must be one of admin, operator, warehouse, was \"customer\"",
        "{\"name\":\"x\",\"roles\":[\"operator\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"} | /expiresAt | must be after now and at most 366 days from now, was 2020-01-01T00:00:00Z",
        "{\"name\":\"x\",\"roles\":[\"operator\"],\"expiresAt\":\"2999-01-01T00:00:00Z\"} | /expiresAt | must be after now and at most 366 days from now, was 2999-01-01T00:00:00Z"
      })
  void what_is_wrong_with_a_new_key_is_named(String body, String pointer, String message) {
    Reply refused = reserva.call("POST", PATH, reserva.admin(), body);
    assertThat(refused.status()).isEqualTo(400);
    JsonNode error = refused.json().get("errors").get(0);
    assertThat(error.get("pointer").asString()).isEqualTo(pointer);
    assertThat(error.get("message").asString()).contains(message);
  }
}
