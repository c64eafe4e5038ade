package dev.reserva.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.sql.Statements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The second factor of staff, through HTTP. */
class SecondFactorsIT {

  private static final String PATH = "/api/auth/second-factor";

  @RegisterExtension private static final SharedFixture<Accounts> ACCOUNTS = Accounts.shared();

  private final Accounts accounts = ACCOUNTS.get();
  private final TestReserva reserva = accounts.reserva();

  /** A member of staff with an authenticator. */
  private record Enrolled(String name, AuthenticatorApp app, List<String> recoveryCodes) {}

  private Reply logIn(String name, @Nullable String otp) {
    return reserva.call(
        "POST",
        "/api/auth/token",
        null,
        otp == null
            ? "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, Accounts.PASSWORD)
            : "{\"username\":\"%s\",\"password\":\"%s\",\"otp\":\"%s\"}"
                .formatted(name, Accounts.PASSWORD, otp));
  }

  private static String token(Reply login) {
    assertThat(login.status()).as(login.body()).isEqualTo(200);
    return login.json().get("accessToken").asString();
  }

  private Reply begin(String token, String... headers) {
    return reserva.call(
        "POST", PATH, token, "{\"password\":\"%s\"}".formatted(Accounts.PASSWORD), headers);
  }

  private Reply confirm(String token, String code) {
    return reserva.call("POST", PATH + "/confirm", token, "{\"code\":\"%s\"}".formatted(code));
  }

  private Enrolled enrolled() {
    String name = accounts.hired("operator");
    String token = token(logIn(name, null));
    AuthenticatorApp app = new AuthenticatorApp(begin(token).json().get("secret").asString());
    Reply confirmed = confirm(token, app.code());
    assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
    List<String> codes = new ArrayList<>();
    confirmed.json().get("recoveryCodes").forEach(code -> codes.add(code.asString()));
    return new Enrolled(name, app, codes);
  }

  private static String problem(Reply reply) {
    return reply.json().get("type").asString();
  }

  @Test
  void staff_sets_up_an_authenticator_and_logs_in_with_its_codes() {
    String name = accounts.hired("operator");
    String token = token(logIn(name, null));
    assertThat(reserva.call("GET", PATH, token, null).json().get("active").asBoolean()).isFalse();

    Reply begun = begin(token);
    assertThat(begun.status()).isEqualTo(201);
    String secret = begun.json().get("secret").asString();
    assertThat(begun.json().get("uri").asString())
        .startsWith("otpauth://totp/Reserva:" + name)
        .contains("secret=" + secret);
    token(logIn(name, null)); // nothing is asked for until the first code
    AuthenticatorApp app = new AuthenticatorApp(secret);
    assertThat(problem(confirm(token, app.wrongCode()))).isEqualTo("/problems/wrong-code");
    assertThat(confirm(token, app.code()).json().get("recoveryCodes")).hasSize(10);

    Reply missing = logIn(name, null);
    assertThat(missing.status()).isEqualTo(401);
    assertThat(problem(missing)).isEqualTo("/problems/second-factor-required");
    String withCode = token(logIn(name, app.nextCode()));
    Reply state = reserva.call("GET", PATH, withCode, null);
    assertThat(state.json().get("active").asBoolean()).isTrue();
    assertThat(state.json().get("recoveryCodesLeft").asInt()).isEqualTo(10);
    assertThat(problem(begin(withCode))).isEqualTo("/problems/second-factor-active");
    assertThat(problem(confirm(withCode, app.nextCode())))
        .isEqualTo("/problems/nothing-to-confirm");
  }

  @Test
  void a_code_that_was_used_is_refused() {
    Enrolled user = enrolled();
    Reply replayed = logIn(user.name(), user.app().code()); // it was used to confirm
    assertThat(replayed.status()).isEqualTo(401);
    assertThat(problem(replayed)).isEqualTo("/problems/bad-credentials");
  }

  @Test
  void one_of_many_concurrent_log_ins_with_one_code_succeeds() throws Exception {
    Enrolled user = enrolled();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          Collections.nCopies(4, () -> logIn(user.name(), user.app().nextCode()).status());
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      assertThat(answers).containsExactlyInAnyOrder(200, 401, 401, 401);
    }
  }

  @Test
  void a_recovery_code_counts_once() {
    Enrolled user = enrolled();
    String code = user.recoveryCodes().getFirst();
    String token = token(logIn(user.name(), code));
    assertThat(reserva.call("GET", PATH, token, null).json().get("recoveryCodesLeft").asInt())
        .isEqualTo(9);
    assertThat(logIn(user.name(), code).status()).isEqualTo(401);
    token(logIn(user.name(), user.recoveryCodes().getLast()));
  }

  @Test
  void wrong_codes_pause_codes_and_not_recovery_codes() {
    Enrolled user = enrolled();
    for (int i = 0; i < 5; i++) {
      assertThat(logIn(user.name(), user.app().wrongCode()).status()).isEqualTo(401);
    }
    Reply paused = logIn(user.name(), user.app().nextCode());
    assertThat(paused.status()).isEqualTo(429);
    assertThat(problem(paused)).isEqualTo("/problems/too-many-attempts");
    assertThat(Integer.parseInt(paused.header("Retry-After"))).isBetween(1, 31);
    token(logIn(user.name(), user.recoveryCodes().getFirst()));
    token(logIn(user.name(), user.app().nextCode())); // the owner was here: the pause is over
  }

  @Test
  void a_token_alone_sets_up_nothing() {
    String token = token(logIn(accounts.hired("operator"), null));
    Reply refused = reserva.call("POST", PATH, token, "{\"password\":\"somebody else's\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(problem(refused)).isEqualTo("/problems/wrong-password");
    assertThat(problem(confirm(token, "000000"))).isEqualTo("/problems/nothing-to-confirm");
  }

  @Test
  void ill_formed_codes_are_named() {
    Reply login = logIn("admin", "12345");
    assertThat(login.status()).isEqualTo(400);
    assertThat(login.json().get("detail").asString())
        .isEqualTo(
            "otp must be the 6 digits of the authenticator, such as 492039, or a recovery code");
    String token = token(logIn(accounts.hired("operator"), null));
    assertThat(confirm(token, "abc").status()).isEqualTo(400);
    assertThat(reserva.call("POST", PATH, token, "{}").status()).isEqualTo(400);
  }

  @Test
  void a_user_removes_the_second_factor_with_password_and_code() {
    Enrolled user = enrolled();
    String token = token(logIn(user.name(), user.recoveryCodes().get(0)));
    String body = "{\"password\":\"%s\",\"otp\":\"%s\"}";
    String disable = PATH + "/disable";
    assertThat(
            problem(
                reserva.call(
                    "POST", disable, token, body.formatted("x", user.recoveryCodes().get(1)))))
        .isEqualTo("/problems/wrong-password");
    assertThat(
            problem(
                reserva.call(
                    "POST",
                    disable,
                    token,
                    body.formatted(Accounts.PASSWORD, user.app().wrongCode()))))
        .isEqualTo("/problems/wrong-password");
    assertThat(
            reserva
                .call(
                    "POST",
                    disable,
                    token,
                    body.formatted(Accounts.PASSWORD, user.app().nextCode()))
                .status())
        .isEqualTo(204);
    token(logIn(user.name(), null));
  }

  private Reply renew(String token, String password, String otp) {
    return reserva.call(
        "POST",
        PATH + "/recovery-codes",
        token,
        "{\"password\":\"%s\",\"otp\":\"%s\"}".formatted(password, otp));
  }

  @Test
  void new_recovery_codes_take_the_place_of_the_ones_before_and_end_the_sessions() {
    Enrolled user = enrolled();
    String token = token(logIn(user.name(), user.recoveryCodes().get(0)));

    Reply renewed = renew(token, Accounts.PASSWORD, user.app().nextCode());

    assertThat(renewed.status()).as(renewed.body()).isEqualTo(200);
    List<String> codes =
        renewed.json().get("recoveryCodes").valueStream().map(JsonNode::asString).toList();
    assertThat(codes).hasSize(10).doesNotContainAnyElementsOf(user.recoveryCodes());
    assertThat(reserva.call("GET", PATH, token, null).status()).as("its session").isEqualTo(401);
    assertThat(logIn(user.name(), user.recoveryCodes().get(1)).status()).isEqualTo(401);
    String again = token(logIn(user.name(), codes.getFirst()));
    assertThat(reserva.call("GET", PATH, again, null).json().get("recoveryCodesLeft").asInt())
        .isEqualTo(9);
    assertThat(accounts.recordsAbout(user.name()))
        .contains("customers.second_factor.renew_recovery_codes", "security.recovery_codes.renewed")
        .doesNotContain(codes);
  }

  @Test
  void new_recovery_codes_need_the_password_and_a_code_of_one_with_a_second_factor() {
    Enrolled user = enrolled();
    String token = token(logIn(user.name(), user.recoveryCodes().get(0)));

    assertThat(problem(renew(token, "somebody else's", user.recoveryCodes().get(1))))
        .isEqualTo("/problems/wrong-password");
    assertThat(problem(renew(token, Accounts.PASSWORD, user.app().wrongCode())))
        .isEqualTo("/problems/wrong-password");
    Reply without =
        renew(token(logIn(accounts.hired("operator"), null)), Accounts.PASSWORD, "000000");
    assertThat(without.status()).as(without.body()).isEqualTo(404);

    token(logIn(user.name(), user.recoveryCodes().get(1)));
    token(logIn(user.name(), user.recoveryCodes().get(2)));
  }

  @Test
  void an_administrator_removes_the_second_factor_of_a_colleague() {
    Enrolled user = enrolled();
    String path = "/api/users/%s/second-factor";
    String colleague = token(logIn(user.name(), user.app().nextCode()));
    assertThat(reserva.call("DELETE", path.formatted(user.name()), colleague, null).status())
        .isEqualTo(403);
    assertThat(problem(reserva.call("DELETE", path.formatted("admin"), reserva.admin(), null)))
        .isEqualTo("/problems/own-login");
    Reply reset = reserva.call("DELETE", path.formatted(user.name()), reserva.admin(), null);
    assertThat(reset.status()).as(reset.body()).isEqualTo(204);
    token(logIn(user.name(), null));
    assertThat(reserva.call("DELETE", path.formatted(user.name()), reserva.admin(), null).status())
        .isEqualTo(404);
    assertThat(reserva.call("DELETE", path.formatted("nobody"), reserva.admin(), null).status())
        .isEqualTo(404);
  }

  @Test
  void a_change_of_the_second_factor_ends_the_sessions() {
    String name = accounts.hired("operator");
    String before = token(logIn(name, null));
    AuthenticatorApp app = new AuthenticatorApp(begin(before).json().get("secret").asString());
    assertThat(confirm(before, app.code()).status()).isEqualTo(200);
    assertThat(reserva.call("GET", PATH, before, null).status()).isEqualTo(401);

    String withCode = token(logIn(name, app.nextCode()));
    assertThat(
            reserva
                .call(
                    "DELETE", "/api/users/%s/second-factor".formatted(name), reserva.admin(), null)
                .status())
        .isEqualTo(204);
    assertThat(reserva.call("GET", PATH, withCode, null).status()).isEqualTo(401);
  }

  @Test
  void whoever_gets_the_name_of_an_ended_login_sets_up_another_authenticator() {
    Enrolled user = enrolled();
    String path = "/api/users/" + user.name();
    assertThat(reserva.call("DELETE", path, reserva.admin(), null).status()).isEqualTo(204);
    accounts.hire(user.name(), "operator");
    token(logIn(user.name(), null));
  }

  @Test
  void what_happens_to_a_second_factor_is_on_record() {
    Enrolled user = enrolled();
    String colleague = token(logIn(user.name(), user.recoveryCodes().getFirst()));
    logIn(user.name(), user.app().wrongCode());
    Reply disabled =
        reserva.call(
            "POST",
            PATH + "/disable",
            colleague,
            "{\"password\":\"%s\",\"otp\":\"%s\"}"
                .formatted(Accounts.PASSWORD, user.app().nextCode()));
    assertThat(disabled.status()).as(disabled.body()).isEqualTo(204);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(accounts.recordsAbout(user.name()))
                .contains(
                    "customers.second_factor.begin",
                    "customers.second_factor.confirm",
                    "customers.second_factor.disable",
                    "security.second_factor.enrolled",
                    "security.second_factor.disabled",
                    "security.second_factor.failed",
                    "security.recovery_code.used"));
  }

  @Test
  void a_customer_has_no_second_factor() {
    String email = UUID.randomUUID() + "@example.org";
    assertThat(
            reserva
                .call(
                    "POST",
                    "/api/customers",
                    reserva.admin(),
                    "{\"name\":\"Buyer\",\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(email, Accounts.PASSWORD))
                .status())
        .isEqualTo(201);
    assertThat(begin(token(logIn(email, null))).status()).isEqualTo(403);
  }

  @Test
  void no_secret_is_readable_in_the_database_and_a_repeated_request_gets_it_again() {
    String name = accounts.hired("operator");
    String token = token(logIn(name, null));
    String key = UUID.randomUUID().toString();
    Reply first = begin(token, "Idempotency-Key", key);
    Reply again = begin(token, "Idempotency-Key", key);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    String secret = first.json().get("secret").asString();
    AuthenticatorApp app = new AuthenticatorApp(secret);
    Reply confirmed = confirm(token, app.code());
    String recoveryCode = confirmed.json().get("recoveryCodes").get(0).asString();

    List<String> stored =
        reserva
            .bean(Transactions.class)
            .snapshot(tx ->
                Statements.of(tx)
                    .query(
                        """
                        select f::text as row from customers.second_factor f
                        union all select c::text from customers.recovery_code c
                        union all select i::text from platform.idempotency i
                        """,
                        row -> row.getString("row")));
    assertThat(stored)
        .isNotEmpty()
        .noneMatch(row -> row.contains(secret) || row.contains(recoveryCode.replace("-", "")));
  }
}
