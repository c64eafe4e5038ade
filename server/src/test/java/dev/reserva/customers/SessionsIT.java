package dev.reserva.customers;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sessions through HTTP: how tokens are renewed, and what ends them. */
class SessionsIT {

  private static final String PASSWORD = "correct horse battery";
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("customers,sales", null);
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  /** The tokens of one answer. */
  private record Pair(String access, String refresh) {
    static Pair of(Reply reply) {
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      return new Pair(
          reply.json().get("accessToken").asString(), reply.json().get("refreshToken").asString());
    }
  }

  private static String hired(String role) {
    String name = "user-%d".formatted(NUMBERS.incrementAndGet());
    reserva.hire(name, PASSWORD, role);
    return name;
  }

  private static Pair logIn(String username, String password) {
    return Pair.of(
        reserva.call(
            "POST",
            "/api/auth/token",
            null,
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password)));
  }

  private static Reply refresh(String token) {
    return reserva.call(
        "POST", "/api/auth/refresh", null, "{\"refreshToken\":\"%s\"}".formatted(token));
  }

  private static int list(String accessToken) {
    return reserva.call("GET", "/api/orders", accessToken, null).status();
  }

  private static int post(String path, @Nullable String token) {
    return reserva.call("POST", path, token, null).status();
  }

  private static void assertEnded(Pair pair) {
    assertThat(list(pair.access())).as("access token").isEqualTo(401);
    Reply refused = refresh(pair.refresh());
    assertThat(refused.status()).as("refresh token").isEqualTo(401);
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/bad-refresh-token");
  }

  @Test
  void a_log_in_answers_a_token_of_ten_minutes_that_is_bound_to_its_session() throws Exception {
    Reply reply =
        reserva.call(
            "POST",
            "/api/auth/token",
            null,
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(hired("operator"), PASSWORD));

    assertThat(reply.json().get("expiresIn").asInt()).isEqualTo(600);
    SignedJWT token = SignedJWT.parse(Pair.of(reply).access());
    assertThat(token.getHeader().toJSONObject()).containsKeys("kid").containsEntry("typ", "at+jwt");
    assertThat(token.getJWTClaimsSet().getClaims())
        .containsKeys("exp", "aud", "iss", "sub", "jti", "account", "version", "sid");
    JsonNode keys = reserva.call("GET", "/.well-known/jwks.json", null, null).json().get("keys");
    List<String> ids = new ArrayList<>();
    keys.forEach(key -> {
      assertThat(key.propertyNames()).as("public").doesNotContain("d");
      ids.add(key.get("kid").asString());
    });
    assertThat(ids).contains(token.getHeader().getKeyID());
  }

  @Test
  void a_refresh_token_is_exchanged_for_new_tokens_and_the_session_goes_on() {
    Pair first = logIn(hired("operator"), PASSWORD);

    Pair second = Pair.of(refresh(first.refresh()));
    Pair third = Pair.of(refresh(second.refresh()));

    assertThat(Set.of(first.refresh(), second.refresh(), third.refresh())).hasSize(3);
    assertThat(session(third)).isEqualTo(session(first));
    for (Pair pair : List.of(first, second, third)) {
      assertThat(list(pair.access())).as("it lives on until it expires").isEqualTo(200);
    }
  }

  private static String session(Pair pair) {
    try {
      return SignedJWT.parse(pair.access()).getJWTClaimsSet().getStringClaim("sid");
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_client_that_did_not_get_the_answer_may_ask_again_and_the_lost_token_is_void() {
    Pair first = logIn(hired("operator"), PASSWORD);
    Pair lost = Pair.of(refresh(first.refresh()));

    Pair again = Pair.of(refresh(first.refresh()));

    Pair next = Pair.of(refresh(again.refresh()));
    assertThat(list(next.access())).isEqualTo(200);
    assertThat(refresh(lost.refresh()).status()).isEqualTo(401);
    assertEnded(next);
  }

  @Test
  void a_refresh_token_whose_random_digits_could_be_a_card_number_is_read() {
    String token =
        "rsr_4111111111111111"
            + "9def206ee8ca6d77"
            + "_"
            + "4111111111111111".repeat(2)
            + "a".repeat(11);

    Reply reply = refresh(token);

    assertThat(reply.status()).as(reply.body()).isEqualTo(401);
  }

  @Test
  void a_refresh_token_that_is_used_again_ends_its_session() {
    String user = hired("operator");
    Pair untouched = logIn(user, PASSWORD);
    Pair first = logIn(user, PASSWORD);
    Pair second = Pair.of(refresh(first.refresh()));
    Pair third = Pair.of(refresh(second.refresh()));

    assertThat(refresh(first.refresh()).status()).isEqualTo(401);

    assertEnded(third);
    assertThat(list(first.access())).isEqualTo(401);
    assertThat(list(untouched.access())).as("another session").isEqualTo(200);
    Pair.of(refresh(untouched.refresh()));
  }

  @Test
  void concurrent_uses_of_one_refresh_token_leave_one_valid_successor() throws Exception {
    Pair first = logIn(hired("operator"), PASSWORD);
    List<Pair> successors = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Reply>> calls = Collections.nCopies(8, () -> refresh(first.refresh()));
      for (Future<Reply> reply : threads.invokeAll(calls)) {
        successors.add(Pair.of(reply.get()));
      }
    }
    assertThat(successors.stream().map(Pair::refresh)).doesNotHaveDuplicates();
    assertThat(
            count(
                "select count(*) from customers.session where id = ?::text::uuid", session(first)))
        .isEqualTo(1);
  }

  private static int count(String query, Object... parameters) {
    return reserva
        .bean(Transactions.class)
        .snapshot(tx -> Statements.of(tx).query(query, row -> row.getInt(1), parameters))
        .getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "rsr_00000000000000000000000000000000_",
        "rsr_0000000000000000000000000000000g_0hV2wXb1kqJ8Zr5nTtYcDfGm3LsPaQeUiOx7B9vNyRg"
      })
  void a_text_that_is_no_refresh_token_is_refused(String text) {
    Reply reply = refresh(text);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("errors").get(0).get("pointer").asString())
        .isEqualTo("/refreshToken");
  }

  @Test
  void a_refresh_token_of_no_session_is_refused() {
    assertThat(
            refresh(
                    "rsr_00000000000000000000000000000000_0hV2wXb1kqJ8Zr5nTtYcDfGm3LsPaQeUiOx7B9vNyRg")
                .status())
        .isEqualTo(401);
  }

  @Test
  void refresh_tokens_are_stored_as_hashes() {
    Pair pair = logIn(hired("operator"), PASSWORD);
    String secret = pair.refresh().substring(pair.refresh().lastIndexOf('_') + 1);

    assertThat(
            count("select count(*) from customers.session s where strpos(s::text, ?) > 0", secret))
        .isZero();
  }

  @Test
  void logging_out_ends_the_session_of_the_token_alone() {
    String user = hired("operator");
    Pair other = logIn(user, PASSWORD);
    Pair pair = logIn(user, PASSWORD);

    assertThat(post("/api/auth/logout", pair.access())).isEqualTo(204);

    assertEnded(pair);
    assertThat(list(other.access())).isEqualTo(200);
    Pair.of(refresh(other.refresh()));
  }

  @Test
  void logging_out_everywhere_ends_all_sessions_of_the_account() {
    String user = hired("operator");
    Pair bystander = logIn(hired("operator"), PASSWORD);
    Pair other = logIn(user, PASSWORD);
    Pair pair = logIn(user, PASSWORD);

    assertThat(post("/api/auth/logout-everywhere", pair.access())).isEqualTo(204);

    assertEnded(pair);
    assertEnded(other);
    assertThat(list(bystander.access())).isEqualTo(200);
    assertThat(list(logIn(user, PASSWORD).access())).as("a new session").isEqualTo(200);
  }

  @Test
  void the_tokens_of_a_dismissed_administrator_are_refused() {
    String mallory = hired("admin");
    Pair pair = logIn(mallory, PASSWORD);
    Pair refreshed = Pair.of(refresh(logIn(mallory, PASSWORD).refresh()));
    assertThat(reserva.call("GET", "/api/users", pair.access(), null).status()).isEqualTo(200);

    assertThat(reserva.call("DELETE", "/api/users/" + mallory, reserva.admin(), null).status())
        .isEqualTo(204);

    for (Pair old : List.of(pair, refreshed)) {
      assertThat(reserva.call("GET", "/api/users", old.access(), null).status()).isEqualTo(401);
      assertThat(
              reserva
                  .call(
                      "POST",
                      "/api/users",
                      old.access(),
                      "{\"username\":\"accomplice\",\"password\":\"%s\",\"roles\":[\"admin\"]}"
                          .formatted(PASSWORD))
                  .status())
          .isEqualTo(401);
      assertThat(reserva.call("DELETE", "/api/users/admin", old.access(), null).status())
          .isEqualTo(401);
      assertEnded(old);
    }
  }

  private record Known(String id, String email, Pair pair) {}

  private static Known customer() {
    String email = "buyer-%d@example.org".formatted(NUMBERS.incrementAndGet());
    Reply signedUp =
        reserva.call(
            "POST",
            "/api/customers",
            reserva.admin(),
            "{\"name\":\"Buyer\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
    assertThat(signedUp.status()).as(signedUp.body()).isEqualTo(201);
    return new Known(signedUp.json().get("id").asString(), email, logIn(email, PASSWORD));
  }

  @Test
  void the_tokens_of_a_deactivated_customer_are_refused() {
    Known ana = customer();
    assertThat(list(ana.pair().access())).isEqualTo(200);

    assertThat(
            reserva
                .call("DELETE", "/api/customers/" + ana.id(), ana.pair().access(), null)
                .status())
        .isEqualTo(204);

    assertEnded(ana.pair());
  }

  @Test
  void a_new_password_ends_the_sessions_that_the_old_one_began() {
    Known ana = customer();

    assertThat(
            reserva
                .call(
                    "PUT",
                    "/api/customers/" + ana.id(),
                    ana.pair().access(),
                    ("{\"name\":\"Buyer\",\"email\":\"%s\",\"password\":\"another %s\","
                            + "\"currentPassword\":\"%s\"}")
                        .formatted(ana.email(), PASSWORD, PASSWORD))
                .status())
        .isEqualTo(200);

    assertEnded(ana.pair());
    assertThat(list(logIn(ana.email(), "another " + PASSWORD).access())).isEqualTo(200);
  }

  @Test
  void a_change_without_a_new_password_ends_no_session() {
    Known ana = customer();

    reserva.call(
        "PUT",
        "/api/customers/" + ana.id(),
        ana.pair().access(),
        "{\"name\":\"Ana\",\"email\":\"%s\"}".formatted(ana.email()));

    assertThat(list(ana.pair().access())).isEqualTo(200);
  }

  @Test
  void a_revoked_token_does_not_hinder_a_new_log_in() {
    String user = hired("operator");
    Pair pair = logIn(user, PASSWORD);
    post("/api/auth/logout", pair.access());

    Reply reply =
        reserva.call(
            "POST",
            "/api/auth/token",
            pair.access(),
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, PASSWORD));

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void an_account_has_a_limited_number_of_sessions_and_the_oldest_ends_first() {
    String user = hired("operator");
    Pair oldest = logIn(user, PASSWORD);
    reserva
        .bean(Transactions.class)
        .run(tx ->
            Statements.of(tx)
                .update(
                    """
                    insert into customers.session
                      (id, account_id, secret_hash, refreshed_at, created_at, expires_at)
                    select gen_random_uuid(), id, sha256(n::text::bytea),
                      now() + interval '1 s', now() + interval '1 s', now() + interval '1 day'
                    from customers.user_account, generate_series(1, 49) n
                    where login = ?
                    """,
                    user));

    Pair newest = logIn(user, PASSWORD);

    assertThat(refresh(oldest.refresh()).status()).isEqualTo(401);
    assertThat(
            count(
                "select count(*) from customers.session s join customers.user_account a"
                    + " on a.id = s.account_id where a.login = ?",
                user))
        .isEqualTo(50);
    assertThat(list(newest.access())).isEqualTo(200);
  }

  private static Reply sessions(Pair pair, String query) {
    Reply listed = reserva.call("GET", "/api/auth/sessions" + query, pair.access(), null);
    assertThat(listed.status()).as(listed.body()).isEqualTo(200);
    return listed;
  }

  private static List<String> ids(Reply listed) {
    return listed.json().get("items").valueStream().map(one -> one.get("id").asString()).toList();
  }

  private static int end(Pair pair, String session) {
    return reserva.call("DELETE", "/api/auth/sessions/" + session, pair.access(), null).status();
  }

  @Test
  void a_user_sees_its_own_sessions_newest_first_and_which_one_it_uses() {
    String user = hired("operator");
    Pair older = logIn(user, PASSWORD);
    Pair newer = logIn(user, PASSWORD);
    logIn(hired("operator"), PASSWORD);

    Reply listed = sessions(older, "");

    assertThat(ids(listed)).containsExactly(session(newer), session(older));
    JsonNode own = listed.json().at("/items/1");
    assertThat(own.propertyNames())
        .containsExactlyInAnyOrder("id", "current", "createdAt", "lastUsedAt", "expiresAt");
    assertThat(own.get("current").asBoolean()).isTrue();
    assertThat(listed.json().at("/items/0/current").asBoolean()).isFalse();
    assertThat(own.get("lastUsedAt")).isEqualTo(own.get("createdAt"));
  }

  @Test
  void a_session_shows_when_it_was_used_last() {
    Pair first = logIn(hired("operator"), PASSWORD);
    Pair second = Pair.of(refresh(first.refresh()));

    JsonNode own = sessions(second, "").json().at("/items/0");

    assertThat(own.get("id").asString()).isEqualTo(session(first));
    assertThat(Instant.parse(own.get("lastUsedAt").asString()))
        .isAfter(Instant.parse(own.get("createdAt").asString()));
  }

  @Test
  void own_sessions_are_paged_and_ended_ones_left_out() {
    Known ana = customer();
    Pair expired = logIn(ana.email(), PASSWORD);
    Pair ended = logIn(ana.email(), PASSWORD);
    Pair newest = logIn(ana.email(), PASSWORD);
    assertThat(post("/api/auth/logout", ended.access())).isEqualTo(204);
    reserva
        .bean(Transactions.class)
        .run(tx ->
            Statements.of(tx)
                .update(
                    "update customers.session set expires_at = now() where id = ?::text::uuid",
                    session(expired)));

    Reply first = sessions(newest, "?limit=1");
    Reply rest = sessions(newest, "?limit=1&cursor=" + first.json().get("nextCursor").asString());

    assertThat(ids(first)).containsExactly(session(newest));
    assertThat(ids(rest)).containsExactly(session(ana.pair()));
    assertThat(rest.json().get("nextCursor").isNull()).isTrue();
    assertThat(end(newest, session(expired))).isEqualTo(404);
  }

  @Test
  void a_user_ends_one_of_its_own_sessions_and_it_is_on_record() {
    String user = hired("warehouse");
    Pair lost = logIn(user, PASSWORD);
    Pair own = logIn(user, PASSWORD);

    assertThat(end(own, session(lost))).isEqualTo(204);

    assertEnded(lost);
    assertThat(end(own, session(lost))).as("again").isEqualTo(404);
    assertThat(ids(sessions(own, ""))).containsExactly(session(own));
    Pair.of(refresh(own.refresh()));
    assertThat(auditRecords())
        .anySatisfy(
            record -> assertThat(record).contains("security.session.ended", user, session(lost)));
    assertThat(end(own, session(own))).as("its own is ended like any other").isEqualTo(204);
    assertEnded(own);
  }

  private static List<String> auditRecords() {
    return reserva
        .bean(EventLog.class)
        .search(EventLog.Filter.ANY, 0, Integer.MAX_VALUE)
        .entries()
        .stream()
        .map(entry -> entry.event())
        .filter(event -> event.type().equals(Contracts.AUDIT_RECORDED))
        .map(Event::data)
        .toList();
  }

  @Test
  void nobody_ends_the_session_of_somebody_else() {
    Pair bystander = logIn(hired("operator"), PASSWORD);
    Known ana = customer();

    for (Pair other : List.of(ana.pair(), logIn(hired("admin"), PASSWORD))) {
      assertThat(end(other, session(bystander))).isEqualTo(404);
    }

    assertThat(list(bystander.access())).isEqualTo(200);
    Pair.of(refresh(bystander.refresh()));
  }

  @Test
  void a_caller_named_anonymous_does_not_share_idempotency_keys_with_strangers() {
    reserva.hire("anonymous", PASSWORD, "operator");
    String key = UUID.randomUUID().toString();
    String body =
        "{\"name\":\"Buyer\",\"email\":\"namesake-%d@example.org\"}"
            .formatted(NUMBERS.incrementAndGet());
    Reply ofUser =
        reserva.call(
            "POST",
            "/api/customers",
            logIn("anonymous", PASSWORD).access(),
            body,
            "Idempotency-Key",
            key);
    assertThat(ofUser.status()).isEqualTo(201);

    Reply ofStranger = reserva.call("POST", "/api/customers", null, body, "Idempotency-Key", key);

    assertThat(ofStranger.header("Idempotency-Replayed")).isEmpty();
    assertThat(ofStranger.body()).doesNotContain(ofUser.json().get("id").asString());
  }

  @Test
  void a_token_without_a_session_has_none_to_end() {
    String foreign =
        TestTokens.issue(
            reserva.bean(Tokens.class), new Caller("somebody", Set.of(Role.OPERATOR), null));

    assertThat(post("/api/auth/logout", foreign)).as("its session is ended").isEqualTo(204);
    assertThat(list(foreign)).isEqualTo(401);
  }
}
