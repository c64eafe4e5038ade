package dev.reserva.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.EventLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Customers and logins through HTTP. */
class CustomersIT {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("customers", null);
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private record Known(String id, String email, String token) {}

  private static String newEmail() {
    return "buyer%d@example.org".formatted(NUMBERS.incrementAndGet());
  }

  private static Reply signUp(String email) {
    return reserva.call(
        "POST",
        "/api/customers",
        null,
        "{\"name\":\"Buyer\",\"email\":\"%s\",\"password\":\"password-1\"}".formatted(email));
  }

  private static Known customer() {
    String email = newEmail();
    signUp(email);
    String token = reserva.login(email, "password-1");
    return new Known(itself(token).get("id").asString(), email, token);
  }

  /** The only customer that a customer finds. */
  private static JsonNode itself(String token) {
    return reserva.call("GET", "/api/customers", token, null).json().at("/items/0");
  }

  private static Reply logIn(String username, String password) {
    return reserva.call(
        "POST",
        "/api/auth/token",
        null,
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password));
  }

  private static List<String> factsOf(String customerId) {
    return reserva.bean(EventLog.class).ofKey(UUID.fromString(customerId), 0, 100).stream()
        .map(entry -> entry.event().type())
        .toList();
  }

  @Test
  void a_customer_signs_up_logs_in_and_sees_itself() {
    String email = newEmail();
    Reply signedUp = signUp(email);

    assertThat(signedUp.status()).isEqualTo(202);
    Reply token = logIn(email.toUpperCase(Locale.ROOT), "password-1");
    assertThat(token.json().get("tokenType").asString()).isEqualTo("Bearer");
    assertThat(token.json().get("expiresIn").asInt()).isEqualTo(600);
    String bearer = token.json().get("accessToken").asString();
    Reply list = reserva.call("GET", "/api/customers", bearer, null);
    assertThat(list.json().get("items")).hasSize(1);
    assertThat(list.body()).doesNotContain("password", "phone");
    JsonNode itself = itself(bearer);
    assertThat(itself.get("verified").asBoolean()).isFalse();
    String id = itself.get("id").asString();
    assertThat(reserva.call("GET", "/api/customers/" + id, bearer, null).json()).isEqualTo(itself);
    assertThat(factsOf(id))
        .containsExactly(Contracts.CUSTOMER_REGISTERED, Contracts.VERIFICATION_REQUESTED);
  }

  @Test
  void a_customer_does_not_see_other_customers() {
    Known ana = customer();
    Known bo = customer();
    String path = "/api/customers/" + bo.id();

    assertThat(reserva.call("GET", path, ana.token(), null).status()).isEqualTo(404);
    assertThat(
            reserva
                .call("PUT", path, ana.token(), "{\"name\":\"X\",\"email\":\"x@example.org\"}")
                .status())
        .isEqualTo(404);
    assertThat(reserva.call("DELETE", path, ana.token(), null).status()).isEqualTo(404);
    assertThat(factsOf(bo.id()))
        .containsExactly(Contracts.CUSTOMER_REGISTERED, Contracts.VERIFICATION_REQUESTED);
  }

  @Test
  void an_address_belongs_to_one_customer_whatever_its_case() {
    Known ana = customer();
    Known bo = customer();

    Reply again = register(ana.email().toUpperCase(Locale.ROOT));
    Reply taken =
        reserva.call(
            "PUT",
            "/api/customers/" + bo.id(),
            bo.token(),
            "{\"name\":\"Bo\",\"email\":\"%s\",\"currentPassword\":\"password-1\"}"
                .formatted(ana.email()));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().get("type").asString()).isEqualTo("/problems/email-taken");
    assertThat(taken.status()).isEqualTo(409);
  }

  /** By staff, without a password. */
  private static Reply register(String email) {
    return reserva.call(
        "POST",
        "/api/customers",
        reserva.admin(),
        "{\"name\":\"Buyer\",\"email\":\"%s\"}".formatted(email));
  }

  @Test
  void one_of_many_concurrent_registrations_of_an_address_succeeds() throws Exception {
    for (int round = 0; round < 5; round++) {
      String email = newEmail();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Integer>> calls = Collections.nCopies(30, () -> register(email).status());
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> answer : threads.invokeAll(calls)) {
          answers.add(answer.get());
        }
        assertThat(answers).allMatch(status -> List.of(201, 409).contains(status));
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
      }
    }
  }

  @Test
  void staff_finds_customers_by_address_and_by_a_part_of_the_name() {
    Known ana = customer();
    String name = "Zo\u00eb " + UUID.randomUUID();
    String email = newEmail();
    reserva.call(
        "POST",
        "/api/customers",
        reserva.admin(),
        "{\"name\":\"%s\",\"email\":\"%s\"}".formatted(name, email));

    assertThat(emails(reserva.admin(), "?email=" + ana.email().toUpperCase(Locale.ROOT)))
        .containsExactly(ana.email());
    assertThat(emails(reserva.admin(), "?name=" + name.substring(5).toUpperCase(Locale.ROOT)))
        .containsExactly(email);
    assertThat(emails(reserva.admin(), "?name=nobody-" + UUID.randomUUID())).isEmpty();
    assertThat(emails(ana.token(), "?email=" + email)).isEmpty();
    assertThat(emails(ana.token(), "?email=" + ana.email())).containsExactly(ana.email());
    assertThat(reserva.call("GET", "/api/customers?email=x", reserva.admin(), null).status())
        .isEqualTo(400);
  }

  private static List<String> emails(String token, String query) {
    List<String> found = new ArrayList<>();
    reserva
        .call("GET", "/api/customers" + query, token, null)
        .json()
        .get("items")
        .forEach(item -> found.add(item.get("email").asString()));
    return found;
  }

  @Test
  void a_change_is_published_once_and_moves_the_login() {
    Known ana = customer();
    String email = newEmail();
    String body =
        "{\"name\":\"Ana\",\"email\":\"%s\",\"phone\":\"12345\",".formatted(email)
            + "\"currentPassword\":\"password-1\"}";

    Reply changed = reserva.call("PUT", "/api/customers/" + ana.id(), ana.token(), body);
    Reply same = reserva.call("PUT", "/api/customers/" + ana.id(), ana.token(), body);

    assertThat(changed.json().get("version").asInt()).isEqualTo(2);
    assertThat(same.json().get("version").asInt()).isEqualTo(2);
    assertThat(logIn(ana.email(), "password-1").status()).isEqualTo(401);
    assertThat(logIn(email, "password-1").status()).isEqualTo(200);
    assertThat(factsOf(ana.id()))
        .containsExactly(
            Contracts.CUSTOMER_REGISTERED,
            Contracts.VERIFICATION_REQUESTED,
            Contracts.CUSTOMER_UPDATED,
            Contracts.VERIFICATION_REQUESTED);
  }

  @Test
  void a_customer_is_written_to_in_the_language_that_it_last_gave() {
    String email = newEmail();
    String plain = "{\"name\":\"Ana\",\"email\":\"%s\"}".formatted(email);
    String spanish = plain.replace("}", ",\"language\":\"es\"}");

    JsonNode made =
        reserva
            .call(
                "POST",
                "/api/customers",
                reserva.admin(),
                plain.replace("}", ",\"language\":\"pt\"}"))
            .json();
    String id = made.get("id").asString();
    String path = "/api/customers/" + id;
    reserva.call("PUT", path, reserva.admin(), spanish);
    JsonNode changed = reserva.call("GET", path, reserva.admin(), null).json();
    Reply without = reserva.call("PUT", path, reserva.admin(), plain);

    assertThat(made.get("language").asString()).isEqualTo("pt");
    assertThat(changed.get("language").asString()).isEqualTo("es");
    assertThat(without.json().has("language")).isFalse();
    assertThat(languagesOf(id)).containsExactly("pt", "es", "");
  }

  /** What the facts about a customer give as its language; empty where they give none. */
  private static List<String> languagesOf(String customerId) {
    return reserva.bean(EventLog.class).ofKey(UUID.fromString(customerId), 0, 100).stream()
        .map(entry -> JSON.readTree(entry.event().data()).path("language").asString(""))
        .toList();
  }

  @Test
  void a_new_password_takes_the_place_of_the_old_one() {
    Known ana = customer();

    reserva.call(
        "PUT",
        "/api/customers/" + ana.id(),
        ana.token(),
        "{\"name\":\"Buyer\",\"email\":\"%s\",\"password\":\"password-2\",".formatted(ana.email())
            + "\"currentPassword\":\"password-1\"}");

    assertThat(logIn(ana.email(), "password-1").status()).isEqualTo(401);
    assertThat(logIn(ana.email(), "password-2").status()).isEqualTo(200);
  }

  @Test
  void a_deactivated_customer_does_not_log_in_any_more() {
    Known ana = customer();
    String path = "/api/customers/" + ana.id();

    Reply first = reserva.call("DELETE", path, ana.token(), null);
    Reply again = reserva.call("DELETE", path, reserva.admin(), null);

    assertThat(first.status()).isEqualTo(204);
    assertThat(again.status()).isEqualTo(204);
    assertThat(logIn(ana.email(), "password-1").status()).isEqualTo(401);
    assertThat(reserva.call("GET", path, reserva.admin(), null).json().get("active").asBoolean())
        .isFalse();
    assertThat(
            reserva
                .call("PUT", path, reserva.admin(), "{\"name\":\"A\",\"email\":\"a@b.co\"}")
                .status())
        .isEqualTo(409);
    assertThat(factsOf(ana.id()))
        .containsExactly(
            Contracts.CUSTOMER_REGISTERED,
            Contracts.VERIFICATION_REQUESTED,
            Contracts.CUSTOMER_DEACTIVATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"email":"a@b.co"}                                  | /name
          {"name":" ","email":"a@b.co"}                       | /name
          {"name":"A"}                                        | /email
          {"name":"A","email":"nobody"}                       | /email
          {"name":"A","email":"a@b.co","phone":"x"}           | /phone
          {"name":"A","email":"a@b.co","language":"pt-BR"}    | /language
          {"name":"A","email":"a@b.co","password":"short"}    | /password
          {"name":"A","email":"a@b.co","role":"admin"}        | /role
          """)
  void wrong_input_is_named_and_changes_nothing(String body, String pointer) {
    Reply reply = reserva.call("POST", "/api/customers", null, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
  }

  @Test
  void staff_page_through_all_customers_newest_first() {
    String first = customer().id();
    String second = customer().id();

    Reply page = reserva.call("GET", "/api/customers?limit=1", reserva.admin(), null);
    Reply next =
        reserva.call(
            "GET",
            "/api/customers?limit=1&cursor=" + page.json().get("nextCursor").asString(),
            reserva.admin(),
            null);

    assertThat(page.json().at("/items/0/id").asString()).isEqualTo(second);
    assertThat(next.json().at("/items/0/id").asString()).isEqualTo(first);
  }

  @Test
  void an_admin_lets_staff_in_and_out_again() {
    Reply hired =
        reserva.call(
            "POST",
            "/api/users",
            reserva.admin(),
            "{\"username\":\"Olga\",\"password\":\"password-1\",\"roles\":[\"operator\"]}");

    assertThat(hired.status()).isEqualTo(201);
    assertThat(hired.json().get("username").asString()).isEqualTo("olga");
    String olga = reserva.login("olga", "password-1");
    assertThat(reserva.call("GET", "/api/customers", olga, null).status()).isEqualTo(200);
    assertThat(reserva.call("GET", "/api/users", olga, null).status()).isEqualTo(403);
    assertThat(
            reserva
                .call(
                    "POST",
                    "/api/users",
                    reserva.admin(),
                    "{\"username\":\"olga\",\"password\":\"password-1\",\"roles\":[\"operator\"]}")
                .status())
        .isEqualTo(409);
    assertThat(reserva.call("GET", "/api/users", reserva.admin(), null).body())
        .contains("\"olga\"", "\"admin\"")
        .doesNotContain("$2a$");
    assertThat(reserva.call("DELETE", "/api/users/olga", reserva.admin(), null).status())
        .isEqualTo(204);
    assertThat(logIn("olga", "password-1").status()).isEqualTo(401);
    assertThat(reserva.call("DELETE", "/api/users/olga", reserva.admin(), null).status())
        .isEqualTo(404);
    assertThat(reserva.call("DELETE", "/api/users/admin", reserva.admin(), null).status())
        .isEqualTo(409);
  }

  private static Reply hire(String username, String password, String role) {
    return reserva.call(
        "POST",
        "/api/users",
        reserva.admin(),
        "{\"username\":\"%s\",\"password\":\"%s\",\"roles\":[\"%s\"]}"
            .formatted(username, password, role));
  }

  private static Reply change(String username, String token, String body) {
    return reserva.call("PUT", "/api/users/" + username, token, body);
  }

  @Test
  void an_admin_changes_the_roles_and_the_state_of_staff() {
    hire("wanda", "password-1", "operator");

    Reply changed = change("WANDA", reserva.admin(), "{\"roles\":[\"warehouse\"],\"active\":true}");
    Reply ended = change("wanda", reserva.admin(), "{\"roles\":[\"warehouse\"],\"active\":false}");

    assertThat(changed.json().get("roles").toString()).isEqualTo("[\"warehouse\"]");
    assertThat(ended.json().get("active").asBoolean()).isFalse();
    assertThat(logIn("wanda", "password-1").status()).isEqualTo(401);
    change("wanda", reserva.admin(), "{\"roles\":[\"warehouse\"],\"active\":true}");
    assertThat(logIn("wanda", "password-1").status()).isEqualTo(200);
    assertThat(
            change("nobody", reserva.admin(), "{\"roles\":[\"operator\"],\"active\":true}")
                .status())
        .isEqualTo(404);
    assertThat(change("wanda", reserva.admin(), "{\"roles\":[\"boss\"]}").json().get("errors"))
        .hasSize(2);
  }

  @Test
  void tokens_end_with_the_roles_and_the_login_that_they_were_given_for() {
    hire("ada", "password-1", "admin");
    String degraded = reserva.login("ada", "password-1");
    change("ada", reserva.admin(), "{\"roles\":[\"operator\"],\"active\":true}");
    Awaitility.await()
        .until(() -> reserva.call("GET", "/api/users", degraded, null).status() == 401);

    String operator = logIn("ada", "password-1").json().get("accessToken").asString();
    assertThat(reserva.call("GET", "/api/users", operator, null).status()).isEqualTo(403);
    reserva.call("DELETE", "/api/users/ada", reserva.admin(), null);
    hire("ada", "password-1", "operator");
    Awaitility.await()
        .until(() -> reserva.call("GET", "/api/users", operator, null).status() == 401);
  }

  @Test
  void an_admin_neither_ends_nor_degrades_its_own_login() {
    for (String body :
        List.of(
            "{\"roles\":[\"operator\"],\"active\":true}",
            "{\"roles\":[\"admin\"],\"active\":false}")) {
      Reply refused = change("admin", reserva.admin(), body);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().get("type").asString()).isEqualTo("/problems/own-login");
    }
  }

  @Test
  void a_name_can_be_given_out_again_with_a_new_password_and_new_roles() {
    hire("rita", "password-1", "operator");
    reserva.call("DELETE", "/api/users/rita", reserva.admin(), null);

    Reply again = hire("rita", "password-2", "warehouse");

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().get("roles").toString()).isEqualTo("[\"warehouse\"]");
    assertThat(logIn("rita", "password-1").status()).isEqualTo(401);
    assertThat(logIn("rita", "password-2").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"password":"password-1","roles":["operator"]}                        | /username
          {"username":"a@b.co","password":"password-1","roles":["operator"]}    | /username
          {"username":"olaf","roles":["operator"]}                              | /password
          {"username":"olaf","password":"password-1"}                           | /roles
          {"username":"olaf","password":"password-1","roles":[]}                | /roles
          {"username":"olaf","password":"password-1","roles":["customer"]}      | /roles/0
          """)
  void wrong_input_for_a_user_is_named(String body, String pointer) {
    Reply reply = reserva.call("POST", "/api/users", reserva.admin(), body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
  }

  @Test
  void a_login_replaces_a_hash_of_an_earlier_version() {
    String email = customer().email();
    JdbcClient sql = JdbcClient.create(reserva.bean(DataSource.class));
    String earlier = new BCryptPasswordEncoder(4).encode("password-1");
    sql.sql("update customers.user_account set password_hash = ? where login = ?")
        .params(earlier, email)
        .update();

    assertThat(logIn(email, "password-2").status()).isEqualTo(401);
    assertThat(hashOf(email, sql)).isEqualTo(earlier);
    assertThat(logIn(email, "password-1").status()).isEqualTo(200);
    assertThat(hashOf(email, sql)).startsWith("{hmac-sha384+bcrypt}");
    assertThat(logIn(email, "password-1").status()).isEqualTo(200);
  }

  private static String hashOf(String login, JdbcClient sql) {
    return sql.sql("select password_hash from customers.user_account where login = ?")
        .param(login)
        .query(String.class)
        .single();
  }

  @Test
  void guessing_is_slowed_down_and_where_a_user_is_known_the_right_password_is_let_in() {
    String email = newEmail();
    Reply reply = logIn(email, "wrong-password");
    int failed = 0;
    while (reply.status() == 401 && failed < 100) {
      failed++;
      reply = logIn(email, "wrong-password");
    }
    assertThat(failed).isBetween(10, 99);
    assertThat(reply.status()).isEqualTo(429);
    assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    assertThat(reply.json().get("type").asString()).isEqualTo("/problems/too-many-attempts");

    String known = customer().email();
    for (int i = 0; i < 20; i++) {
      assertThat(logIn(known, "wrong-password").status()).isEqualTo(401);
    }
    assertThat(logIn(known, "password-1").status()).isEqualTo(200);
  }

  @Test
  void a_wrong_password_and_an_unknown_user_are_answered_alike() {
    String email = customer().email();

    Reply wrong = logIn(email, "wrong-password");
    Reply unknown = logIn("nobody@example.org", "wrong-password");
    Reply tooLong = logIn(email, "x".repeat(200));

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.json().get("detail")).isEqualTo(wrong.json().get("detail"));
    assertThat(tooLong.json().get("detail")).isEqualTo(wrong.json().get("detail"));
  }
}
