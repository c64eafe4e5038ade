package dev.reserva.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Sign-up, verified addresses, and how passwords change, through HTTP. */
class AccountsIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static TestReserva reserva;
  private static JdbcClient sql;
  private static String operator;

  @BeforeAll
  static void start() {
    reserva =
        TestReserva.start(
            "customers",
            null,
            "reserva.customers.verification-lifetime=2d",
            "reserva.customers.reset-lifetime=30m");
    sql = JdbcClient.create(reserva.bean(DataSource.class));
    hire("olga");
    operator = reserva.login("olga", "password-1");
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private static void hire(String username) {
    Reply hired =
        reserva.call(
            "POST",
            "/api/users",
            reserva.admin(),
            "{\"username\":\"%s\",\"password\":\"password-1\",\"roles\":[\"operator\"]}"
                .formatted(username));
    assertThat(hired.status()).isEqualTo(201);
  }

  private static String newEmail() {
    return "owner%d@example.org".formatted(NUMBERS.incrementAndGet());
  }

  private static Reply signUp(String email, String password) {
    return reserva.call(
        "POST",
        "/api/customers",
        null,
        "{\"name\":\"Ana\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
  }

  private static Reply register(String token, String email, @Nullable String password) {
    return reserva.call(
        "POST",
        "/api/customers",
        token,
        password == null
            ? "{\"name\":\"Ana\",\"email\":\"%s\"}".formatted(email)
            : "{\"name\":\"Ana\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
  }

  /** A customer that has signed up with the password {@code password-1}. */
  private record Owner(String id, String email, String token) {}

  private static Owner owner() {
    String email = newEmail();
    assertThat(signUp(email, "password-1").status()).isEqualTo(202);
    return new Owner(
        customer(email).get("id").asString(), email, reserva.login(email, "password-1"));
  }

  private static JsonNode customer(String email) {
    return reserva
        .call("GET", "/api/customers?email=" + email, reserva.admin(), null)
        .json()
        .at("/items/0");
  }

  private static int logIn(String username, String password) {
    return reserva
        .call(
            "POST",
            "/api/auth/token",
            null,
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password))
        .status();
  }

  private static List<String> factsOf(String customerId) {
    return reserva.bean(EventLog.class).ofKey(UUID.fromString(customerId), 0, 100).stream()
        .map(entry -> entry.event().type())
        .toList();
  }

  private static List<JsonNode> links(String filter) {
    List<JsonNode> links = new ArrayList<>();
    reserva
        .call("GET", "/api/auth/links?" + filter, reserva.admin(), null)
        .json()
        .get("items")
        .forEach(links::add);
    return links;
  }

  /** The only link of somebody, as soon as there is one. */
  private static JsonNode link(String filter) {
    return Awaitility.await().until(() -> links(filter), found -> found.size() == 1).getFirst();
  }

  private static String token(String filter) {
    return link(filter).get("token").asString();
  }

  private static Reply ask(@Nullable String caller, String member, String value) {
    return reserva.call(
        "POST", "/api/auth/password-reset", caller, "{\"%s\":\"%s\"}".formatted(member, value));
  }

  private static Reply confirm(String token, String password) {
    return reserva.call(
        "POST",
        "/api/auth/password-reset/confirm",
        null,
        "{\"token\":\"%s\",\"new\":\"%s\"}".formatted(token, password));
  }

  private static Reply verify(String token) {
    return reserva.call(
        "POST", "/api/auth/verify-email", null, "{\"token\":\"%s\"}".formatted(token));
  }

  private static Reply change(String id, String token, String members) {
    return reserva.call("PUT", "/api/customers/" + id, token, "{\"name\":\"Ana\"," + members + "}");
  }

  private static Reply changePassword(String token, String current, String chosen) {
    return reserva.call(
        "POST",
        "/api/auth/password",
        token,
        "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(current, chosen));
  }

  /** Each end of a login's sessions raises it. */
  private static int version(String login) {
    return sql.sql("select version from customers.user_account where login = ?")
        .param(login)
        .query(Integer.class)
        .single();
  }

  private static void assertRefused(Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().get("type").asString()).isEqualTo("/problems/" + type);
  }

  @Test
  void a_sign_up_is_answered_alike_for_known_and_unknown_addresses() {
    Owner known = owner();
    register(reserva.admin(), "of-staff@example.org", null);

    Reply again = signUp(known.email(), "password-2");
    Reply ofStaff = signUp("of-staff@example.org", "password-2");
    Reply unknown = signUp(newEmail(), "password-2");

    for (Reply reply : List.of(again, ofStaff, unknown)) {
      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.body()).isEqualTo(again.body());
      assertThat(reply.response().headers().map().keySet())
          .isEqualTo(again.response().headers().map().keySet());
    }
    assertThat(factsOf(known.id()))
        .containsExactly(
            Contracts.CUSTOMER_REGISTERED,
            Contracts.VERIFICATION_REQUESTED,
            Contracts.SIGN_UP_REPEATED);
  }

  @Test
  void a_sign_up_neither_changes_a_login_nor_gives_one_to_a_customer_who_is_there() {
    Owner known = owner();
    String email = newEmail();
    String id = register(operator, email, null).json().get("id").asString();

    signUp(known.email(), "password-2");
    signUp(email, "password-2");

    assertThat(logIn(known.email(), "password-2")).isEqualTo(401);
    assertThat(logIn(known.email(), "password-1")).isEqualTo(200);
    assertThat(logIn(email, "password-2")).isEqualTo(401);
    assertThat(factsOf(id))
        .containsExactly(Contracts.CUSTOMER_REGISTERED, Contracts.SIGN_UP_REPEATED);
    assertThat(confirm(token("email=" + email), "password-3").status()).isEqualTo(204);
    assertThat(logIn(email, "password-3")).isEqualTo(200);
    assertThat(customer(email).get("verified").asBoolean()).isTrue();
  }

  @Test
  void staff_are_told_whether_an_address_is_taken() {
    String email = newEmail();

    assertThat(register(operator, email, null).status()).isEqualTo(201);
    assertRefused(register(operator, email, null), 409, "email-taken");
    assertThat(links("email=" + email)).isEmpty();
  }

  @Test
  void a_login_that_staff_made_is_verified_by_choosing_another_password_only() {
    String email = newEmail();
    register(operator, email, "password-1");

    JsonNode link = link("email=" + email);

    assertThat(link.get("purpose").asString()).isEqualTo("reset_password");
    assertThat(customer(email).get("verified").asBoolean()).isFalse();
    assertThat(logIn(email, "password-1")).isEqualTo(200);
    assertThat(confirm(link.get("token").asString(), "password-2").status()).isEqualTo(204);
    assertThat(logIn(email, "password-1")).isEqualTo(401);
    assertThat(customer(email).get("verified").asBoolean()).isTrue();
  }

  @Test
  void an_address_is_verified_by_its_link_once() {
    Owner owner = owner();
    String token = token("email=" + owner.email());

    Reply first = verify(token);
    Reply again = verify(token);

    assertThat(first.status()).isEqualTo(204);
    assertRefused(again, 422, "invalid-link");
    assertThat(customer(owner.email()).get("verified").asBoolean()).isTrue();
    assertThat(logIn(owner.email(), "password-1")).isEqualTo(200);
    assertThat(factsOf(owner.id()))
        .containsExactly(
            Contracts.CUSTOMER_REGISTERED,
            Contracts.VERIFICATION_REQUESTED,
            Contracts.CUSTOMER_VERIFIED);
  }

  @Test
  void the_owner_of_an_address_gets_out_who_signed_up_with_it_before() {
    Owner hijacked = owner();
    int version = version(hijacked.email());

    signUp(hijacked.email(), "password-2");
    String token =
        links("email=" + hijacked.email()).stream()
            .filter(link -> link.get("purpose").asString().equals("reset_password"))
            .findFirst()
            .orElseThrow()
            .get("token")
            .asString();

    assertThat(confirm(token, "password-2").status()).isEqualTo(204);
    assertThat(logIn(hijacked.email(), "password-1")).isEqualTo(401);
    assertThat(logIn(hijacked.email(), "password-2")).isEqualTo(200);
    assertThat(version(hijacked.email())).isEqualTo(version + 1);
    assertThat(links("email=" + hijacked.email())).isEmpty();
    awaitRefused(hijacked.token());
  }

  @Test
  void a_forgotten_password_is_reset_by_a_link_and_every_session_ends() {
    Owner owner = owner();
    verify(token("email=" + owner.email()));
    int version = version(owner.email());

    Reply known = ask(null, "email", owner.email());
    Reply unknown = ask(null, "email", newEmail());

    assertThat(known.status()).isEqualTo(202);
    assertThat(unknown.status()).isEqualTo(202);
    assertThat(unknown.body()).isEqualTo(known.body());
    String token = token("email=" + owner.email());
    assertThat(confirm(token, "password-2").status()).isEqualTo(204);
    assertRefused(confirm(token, "password-3"), 422, "invalid-link");
    assertThat(logIn(owner.email(), "password-1")).isEqualTo(401);
    assertThat(logIn(owner.email(), "password-2")).isEqualTo(200);
    assertThat(version(owner.email())).isEqualTo(version + 1);
  }

  @Test
  void a_link_serves_one_of_many_who_use_it_at_once() throws Exception {
    Owner owner = owner();
    String token = token("email=" + owner.email());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls = Collections.nCopies(20, () -> verify(token).status());
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      assertThat(answers).filteredOn(status -> status == 204).hasSize(1);
      assertThat(answers).filteredOn(status -> status == 422).hasSize(19);
    }
  }

  @Test
  void many_requests_make_one_link() {
    Owner owner = owner();
    verify(token("email=" + owner.email()));
    ask(null, "email", owner.email());
    String token = token("email=" + owner.email());

    ask(null, "email", owner.email());
    signUp(owner.email(), "password-2");

    assertThat(token("email=" + owner.email())).isEqualTo(token);
    assertThat(factsOf(owner.id()))
        .containsOnlyOnce(Contracts.PASSWORD_RESET_REQUESTED)
        .doesNotContain(Contracts.SIGN_UP_REPEATED);
  }

  @Test
  void an_expired_a_forged_and_a_foreign_link_are_refused_alike() {
    Owner owner = owner();
    String token = token("email=" + owner.email());
    String forged = (token.startsWith("A") ? "B" : "A") + token.substring(1);

    assertRefused(confirm(token, "password-2"), 422, "invalid-link");
    assertRefused(verify(forged), 422, "invalid-link");
    assertRefused(verify("x"), 422, "invalid-link");
    sql.sql(
            """
            update customers.account_link
            set created_at = now() - interval '3 days', expires_at = now() - interval '1 second'
            where customer_id = ?
            """)
        .param(UUID.fromString(owner.id()))
        .update();
    assertRefused(verify(token), 422, "invalid-link");
    assertThat(links("email=" + owner.email())).isEmpty();
    assertThat(customer(owner.email()).get("verified").asBoolean()).isFalse();
  }

  @Test
  @EffectOf({"reserva.customers.verification-lifetime", "reserva.customers.reset-lifetime"})
  void links_expire_as_configured() {
    Owner owner = owner();
    JsonNode verification = link("email=" + owner.email());
    verify(verification.get("token").asString());
    ask(null, "email", owner.email());
    JsonNode reset = link("email=" + owner.email());

    assertThat(lifetime(verification)).isEqualTo(Duration.ofDays(2));
    assertThat(lifetime(reset)).isEqualTo(Duration.ofMinutes(30));
  }

  private static Duration lifetime(JsonNode link) {
    return Duration.between(
        Instant.parse(link.get("createdAt").asString()),
        Instant.parse(link.get("expiresAt").asString()));
  }

  @Test
  void links_are_paged_and_their_secrets_are_not_stored() {
    Owner ana = owner();
    Owner bo = owner();

    Reply page = reserva.call("GET", "/api/auth/links?limit=1", reserva.admin(), null);
    Reply next =
        reserva.call(
            "GET",
            "/api/auth/links?limit=1&cursor=" + page.json().get("nextCursor").asString(),
            reserva.admin(),
            null);

    assertThat(page.json().at("/items/0/email").asString()).isEqualTo(bo.email());
    assertThat(page.json().at("/items/0/customerId").asString()).isEqualTo(bo.id());
    assertThat(next.json().at("/items/0/email").asString()).isEqualTo(ana.email());
    String stored =
        sql.sql("select string_agg(l::text, ' ') from customers.account_link l")
            .query(String.class)
            .single();
    assertThat(stored).doesNotContain(page.json().at("/items/0/token").asString().substring(22));
    assertThat(reserva.call("GET", "/api/auth/links", operator, null).status()).isEqualTo(403);
  }

  @Test
  void an_administrator_lets_staff_choose_a_new_password() {
    hire("rosa");
    int version = version("rosa");

    assertThat(ask(null, "username", "rosa").status()).isEqualTo(403);
    assertThat(ask(operator, "username", "rosa").status()).isEqualTo(403);
    assertThat(ask(reserva.admin(), "username", "rosa").status()).isEqualTo(202);
    String token = token("username=rosa");
    assertThat(confirm(token, "password-2").status()).isEqualTo(204);

    assertThat(logIn("rosa", "password-1")).isEqualTo(401);
    assertThat(logIn("rosa", "password-2")).isEqualTo(200);
    assertThat(version("rosa")).isEqualTo(version + 1);
    assertThat(ask(null, "email", "x").status()).isEqualTo(400);
    assertThat(reserva.call("POST", "/api/auth/password-reset", reserva.admin(), "{}").status())
        .isEqualTo(400);
  }

  @Test
  void a_rescued_login_is_active_and_has_another_password_and_no_second_factor() {
    hire("rick");
    reserva.call("DELETE", "/api/users/rick", reserva.admin(), null);
    sql.sql(
            """
            insert into customers.second_factor
              (account_id, sealed_secret, confirmed_at, last_step, failed, created_at)
            select id, 'sealed', now(), 0, 0, now() from customers.user_account where login = 'rick'
            """)
        .update();

    RescueLogin.Rescued rescued =
        reserva.bean(RescueLogin.class).rescue("Rick", null).orElseThrow();

    assertThat(rescued.roles()).containsExactly("operator");
    assertThat(rescued.toString()).doesNotContain(rescued.password());
    assertThat(logIn("rick", "password-1")).isEqualTo(401);
    assertThat(logIn("rick", rescued.password())).isEqualTo(200);
    assertThat(reserva.bean(RescueLogin.class).rescue("nobody", null)).isEmpty();
  }

  @Test
  void everybody_changes_the_own_password_with_the_current_one_only() {
    Owner owner = owner();
    hire("petra");
    String petra = reserva.login("petra", "password-1");
    int version = version("petra");

    assertRefused(changePassword(petra, "password-9", "password-2"), 403, "wrong-password");
    assertThat(
            changePassword(petra, "password-1", "short").json().at("/errors/0/pointer").asString())
        .isEqualTo("/new");
    assertThat(version("petra")).isEqualTo(version);
    assertThat(changePassword(petra, "password-1", "password-2").status()).isEqualTo(204);
    assertThat(changePassword(owner.token(), "password-1", "password-2").status()).isEqualTo(204);

    for (String login : List.of("petra", owner.email())) {
      assertThat(logIn(login, "password-1")).isEqualTo(401);
      assertThat(logIn(login, "password-2")).isEqualTo(200);
    }
    assertThat(version("petra")).isEqualTo(version + 1);
    awaitRefused(petra);
    awaitRefused(owner.token());
  }

  private static void awaitRefused(String token) {
    Awaitility.await()
        .until(() -> reserva.call("GET", "/api/customers", token, null).status() == 401);
  }

  @Test
  void a_token_alone_changes_neither_password_nor_address() {
    Owner owner = owner();
    String email = newEmail();
    for (String members :
        List.of(
            "\"email\":\"%s\",\"password\":\"password-2\"".formatted(owner.email()),
            "\"email\":\"%s\"".formatted(email))) {
      Reply missing = change(owner.id(), owner.token(), members);
      assertThat(missing.status()).isEqualTo(400);
      assertThat(missing.json().at("/errors/0/pointer").asString()).isEqualTo("/currentPassword");
      assertRefused(
          change(owner.id(), owner.token(), members + ",\"currentPassword\":\"password-9\""),
          403,
          "wrong-password");
    }
    assertThat(logIn(owner.email(), "password-1")).isEqualTo(200);
    assertThat(customer(owner.email()).get("version").asInt()).isEqualTo(1);
    assertThat(
            change(
                    owner.id(),
                    owner.token(),
                    "\"email\":\"%s\",\"phone\":\"12345\"".formatted(owner.email()))
                .status())
        .isEqualTo(200);
  }

  @Test
  void guessing_the_current_password_is_slowed_down() {
    Owner owner = owner();
    for (int i = 0; i < 10; i++) {
      assertThat(changePassword(owner.token(), "password-9", "password-2").status()).isEqualTo(403);
    }

    assertRefused(
        changePassword(owner.token(), "password-1", "password-2"), 429, "too-many-attempts");
  }

  @Test
  void a_new_address_has_to_be_verified_and_links_to_the_old_one_end() {
    Owner owner = owner();
    verify(token("email=" + owner.email()));
    ask(null, "email", owner.email());
    String old = token("email=" + owner.email());
    String email = newEmail();

    Reply moved =
        change(
            owner.id(),
            owner.token(),
            "\"email\":\"%s\",\"currentPassword\":\"password-1\"".formatted(email));

    assertThat(moved.json().get("verified").asBoolean()).isFalse();
    assertRefused(confirm(old, "password-2"), 422, "invalid-link");
    assertThat(link("email=" + email).get("purpose").asString()).isEqualTo("verify_email");
    assertThat(verify(token("email=" + email)).status()).isEqualTo(204);
    assertThat(customer(email).get("verified").asBoolean()).isTrue();
  }

  @Test
  void staff_set_no_password_of_a_customer_and_move_no_login_to_an_address_of_theirs() {
    Owner owner = owner();
    String email = newEmail();
    String withoutLogin = register(operator, newEmail(), null).json().get("id").asString();
    String password = "\"email\":\"%s\",\"password\":\"password-2\"";

    for (String staff : List.of(operator, reserva.admin())) {
      Reply refused = change(owner.id(), staff, password.formatted(owner.email()));
      assertRefused(refused, 403, "not-for-staff");
      assertThat(refused.json().get("detail").asString()).contains("/api/auth/password-reset");
      assertRefused(change(withoutLogin, staff, password.formatted(email)), 403, "not-for-staff");
    }
    assertRefused(
        change(owner.id(), operator, "\"email\":\"%s\"".formatted(email)), 403, "not-for-staff");
    assertThat(logIn(owner.email(), "password-1")).isEqualTo(200);
    assertThat(change(withoutLogin, operator, "\"email\":\"%s\"".formatted(newEmail())).status())
        .isEqualTo(200);
    assertThat(change(owner.id(), reserva.admin(), "\"email\":\"%s\"".formatted(email)).status())
        .isEqualTo(200);
  }

  @Test
  void a_deactivated_customer_is_reactivated_by_staff() {
    Owner owner = owner();
    String path = "/api/customers/" + owner.id();
    reserva.call("DELETE", path, reserva.admin(), null);
    assertThat(logIn(owner.email(), "password-1")).isEqualTo(401);

    Reply active = reserva.call("POST", path + "/reactivate", operator, null);
    Reply again = reserva.call("POST", path + "/reactivate", operator, null);

    assertThat(active.status()).isEqualTo(200);
    assertThat(active.json().get("active").asBoolean()).isTrue();
    assertThat(again.json()).isEqualTo(active.json());
    assertThat(active.header("ETag")).isEqualTo("\"3\"");
    assertThat(logIn(owner.email(), "password-1")).isEqualTo(200);
    assertThat(factsOf(owner.id()))
        .endsWith(Contracts.CUSTOMER_DEACTIVATED, Contracts.CUSTOMER_REACTIVATED);
    assertThat(
            reserva
                .call("POST", "/api/customers/" + UUID.randomUUID() + "/reactivate", operator, null)
                .status())
        .isEqualTo(404);
  }

  @Test
  void a_deactivated_customer_gets_no_link() {
    Owner owner = owner();
    String token = token("email=" + owner.email());
    reserva.call("DELETE", "/api/customers/" + owner.id(), reserva.admin(), null);

    assertThat(signUp(owner.email(), "password-2").status()).isEqualTo(202);
    assertRefused(verify(token), 422, "invalid-link");
    assertThat(factsOf(owner.id())).endsWith(Contracts.CUSTOMER_DEACTIVATED);
  }
}
