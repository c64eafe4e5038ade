package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.harness.TcpProxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server with the logins, and one with a database of its own that asks it, through a proxy that
 * can fail.
 */
class LoginsElsewhereIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PATH = "/api/inventory/low-stock";
  private static final String SECRET = "reserva.security.token-secret=";
  private static final String SHARED = SECRET + "one-secret-of-all-processes-of-a-system";

  private static TestReserva customers;
  private static TcpProxy link;
  private static TestReserva inventory;

  @BeforeAll
  static void start() throws Exception {
    customers = TestReserva.start("customers", null, SHARED);
    link = new TcpProxy(customers.port());
    inventory = inventory(link.port(), SHARED, "2s");
  }

  @AfterAll
  static void stop() throws Exception {
    inventory.close();
    link.close();
    customers.close();
  }

  @AfterEach
  void mend() {
    link.refuse(false);
    await().atMost(SOON).until(() -> status(customers.admin()) == 200);
  }

  private static TestReserva inventory(int port, String secret, String outage) {
    return TestReserva.start(
        "inventory",
        null,
        secret,
        "reserva.security.authority.url=http://127.0.0.1:" + port,
        "reserva.security.authority.outage=" + outage);
  }

  private static int status(String token) {
    return inventory.call("GET", PATH, token, null).status();
  }

  private static String apiKey(String role) {
    Reply made =
        customers.call(
            "POST",
            "/api/api-keys",
            customers.admin(),
            "{\"name\":\"Import\",\"roles\":[\"%s\"]}".formatted(role));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.body();
  }

  private static void fail() {
    link.refuse(true);
    link.cut();
  }

  @Test
  @EffectOf("reserva.security.authority.url")
  void a_login_there_opens_what_its_roles_do_here() {
    String name = "w-" + UUID.randomUUID();
    customers.hire(name, "a password of the tests", "warehouse");

    assertThat(status(customers.login(name, "a password of the tests"))).isEqualTo(200);
    assertThat(inventory.call("GET", PATH, "no.token.atall", null).status()).isEqualTo(401);
    assertThat(
            inventory
                .call(
                    "POST",
                    "/api/inventory/stock/add",
                    TestTokens.issue(
                        TestTokens.tokens(Duration.ofMinutes(10)),
                        new Caller("admin", Set.of(Role.ADMIN), null)),
                    "{}")
                .status())
        .as("a token that nobody there has signed")
        .isEqualTo(401);
  }

  @Test
  void a_login_that_ends_there_is_refused_here() {
    String name = "w-" + UUID.randomUUID();
    customers.hire(name, "a password of the tests", "warehouse");
    String token = customers.login(name, "a password of the tests");
    assertThat(status(token)).isEqualTo(200);

    assertThat(customers.call("POST", "/api/auth/logout", token, null).status()).isEqualTo(204);

    await().atMost(SOON).until(() -> status(token) == 401);
  }

  @Test
  void an_api_key_of_there_is_accepted_here_until_it_is_revoked_there() {
    String made = apiKey("warehouse");
    String key = json(made, "key");
    assertThat(status(key)).isEqualTo(200);
    assertThat(status(key.substring(0, key.length() - 1) + "7a")).isEqualTo(401);

    Reply revoked =
        customers.call("DELETE", "/api/api-keys/" + json(made, "id"), customers.admin(), null);
    assertThat(revoked.status()).as(revoked.body()).isIn(200, 204);

    await().atMost(SOON).until(() -> status(key) == 401);
  }

  private static String json(String body, String member) {
    return JsonMapper.shared().readTree(body).get(member).asString();
  }

  @Test
  @EffectOf("reserva.security.authority.outage")
  void while_the_other_process_is_down_known_tokens_are_accepted_for_the_outage_that_is_allowed() {
    String token = customers.admin();
    TestReserva patient = inventory(link.port(), SHARED, "1h");
    try {
      assertThat(patient.call("GET", PATH, token, null).status()).isEqualTo(200);
      assertThat(status(token)).isEqualTo(200);
      long before = link.affected();

      fail();

      await().atMost(SOON).until(() -> status(token) == 503);
      Reply refused = inventory.call("GET", PATH, token, null);
      assertThat(refused.json().path("detail").asString())
          .isEqualTo("the process with the logins does not answer, so the token cannot be checked");
      assertThat(patient.call("GET", PATH, token, null).status()).isEqualTo(200);
      assertThat(link.affected()).as("connections that failed").isGreaterThan(before);
    } finally {
      patient.close();
    }
  }

  @Test
  void routes_between_processes_are_closed_to_users_and_all_others_to_processes() {
    String process =
        new ServiceTokens(customers.bean(InstallationSecret.class), "sales", Clock.systemUTC())
            .issue();
    String path = "/internal/security/revocations";

    assertThat(customers.call("GET", path, null, null).status()).isEqualTo(401);
    assertThat(customers.call("GET", path, customers.admin(), null).status()).isEqualTo(403);
    assertThat(customers.call("GET", path, json(apiKey("admin"), "key"), null).status())
        .isEqualTo(403);
    assertThat(customers.call("GET", path, process, null).status()).isEqualTo(200);
    assertThat(customers.call("GET", path + "?since=x", process, null).status()).isEqualTo(400);
    assertThat(
            customers
                .call("POST", "/internal/security/api-key-uses", process, "{\"digest\":\"key\"}")
                .status())
        .isEqualTo(400);
    assertThat(customers.call("GET", "/api/users", process, null).status()).isEqualTo(403);
    assertThat(inventory.call("GET", path, process, null).status())
        .as("only the process with the logins has these routes")
        .isEqualTo(404);
  }

  @Test
  void a_process_with_another_secret_learns_nothing() {
    TestReserva stranger =
        inventory(customers.port(), SECRET + "another-secret-of-more-than-32-bytes", "1h");
    try {
      assertThat(stranger.call("GET", PATH, customers.admin(), null).status()).isEqualTo(503);
    } finally {
      stranger.close();
    }
  }

  @Test
  void a_process_with_the_logins_asks_no_other() {
    assertThatThrownBy(() ->
            TestReserva.start(
                "customers",
                null,
                "reserva.security.authority.url=http://127.0.0.1:" + customers.port()))
        .rootCause()
        .hasMessageContaining("reserva.security.authority.url is for processes that do not run");
  }
}
