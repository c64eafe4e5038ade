package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestReserva;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.security.ApiKeyTable;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Login;
import dev.reserva.platform.security.LoopbackIssuer;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TokenRevoker;
import dev.reserva.platform.security.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every route with tokens and keys of every kind, on a server that accepts an issuer's tokens and
 * wants second factors. {@link RoutesAndRolesIT} has the rules.
 */
class RoutesAndTokensIT {

  private static final Duration LONG = Duration.ofHours(3);

  /** What a program with an API key must not do, whatever its roles are. */
  private static final Set<String> FOR_USERS =
      Set.of(
          "POST /api/users",
          "PUT /api/users/{username}",
          "DELETE /api/users/{username}",
          "DELETE /api/users/{username}/second-factor",
          "GET /api/auth/second-factor",
          "POST /api/auth/second-factor",
          "POST /api/auth/second-factor/confirm",
          "POST /api/auth/second-factor/disable",
          "POST /api/auth/second-factor/recovery-codes",
          "GET /api/auth/sessions",
          "DELETE /api/auth/sessions/{id}",
          "POST /api/auth/logout",
          "POST /api/auth/logout-everywhere",
          "POST /api/auth/password",
          "GET /api/auth/links",
          "POST /api/api-keys",
          "GET /api/api-keys",
          "DELETE /api/api-keys/{id}");

  /** What staff may do that must set up a second factor first. */
  private static final Set<String> FOR_ENROLLING =
      Set.of(
          "GET /api/auth/second-factor",
          "POST /api/auth/second-factor",
          "POST /api/auth/second-factor/confirm",
          "POST /api/auth/logout",
          "POST /api/auth/logout-everywhere");

  /** What needs a login of this system. */
  private static final Set<String> NOT_FOR_FOREIGN = Set.of("GET /api/auth/second-factor");

  private static LoopbackIssuer issuer;
  private static LoopbackIssuer stranger;
  private static TestReserva reserva;

  @BeforeAll
  static void start() throws Exception {
    issuer = LoopbackIssuer.start();
    stranger = LoopbackIssuer.start();
    reserva =
        TestReserva.start(
            "",
            null,
            "reserva.security.issuer=" + issuer.url(),
            "reserva.security.audience=" + LoopbackIssuer.AUDIENCE,
            "reserva.security.staff-second-factor=required");
  }

  @AfterAll
  static void stop() {
    reserva.close();
    issuer.close();
    stranger.close();
  }

  /** A token of a user with all roles of staff. */
  private static String token(Login login, Instant issued, Role... roles) {
    return reserva
        .bean(Tokens.class)
        .issue(
            new Caller(
                Caller.Kind.USER,
                "somebody",
                Set.of(roles),
                null,
                login.account(),
                login.session()),
            login,
            issued);
  }

  private static String token(Login login) {
    return token(login, Instant.now(), Role.ADMIN, Role.OPERATOR, Role.WAREHOUSE);
  }

  private static Login login() {
    return new Login(UUID.randomUUID(), 1, UUID.randomUUID());
  }

  private static String key(UUID id, Duration age, Role... roles) {
    String prefix = UUID.randomUUID().toString().substring(0, 8);
    String key = "rsv_%s_%s".formatted(prefix, UUID.randomUUID());
    Instant created = Instant.now().minus(age);
    var row =
        new ApiKeyTable.Row(
            id,
            "test",
            prefix,
            Set.of(roles),
            "admin",
            null,
            created,
            created.plus(Duration.ofHours(1)),
            null,
            null);
    reserva.bean(Transactions.class).run(tx -> reserva.bean(ApiKeyTable.class).add(row, key, tx));
    return key;
  }

  private static String key(Role... roles) {
    return key(Ids.timeOrdered().next(), Duration.ZERO, roles);
  }

  private static Shop as(String token) {
    return new Shop(URI.create("http://127.0.0.1:" + reserva.port()), token);
  }

  /**
   * The routes whose answer to a token is not as expected, with the status.
   *
   * @param tokens give a token for each call, because one that logs out is refused afterwards
   */
  private static Map<String, Integer> wrong(
      Map<String, Supplier<String>> tokens, BiPredicate<String, String> admitted, int refusal) {
    Map<String, Integer> wrong = new TreeMap<>();
    RoutesAndRolesIT.RULES.forEach((route, allowed) ->
        tokens.forEach((kind, token) -> {
          boolean open = allowed.contains("open");
          int status = RoutesAndRolesIT.call(as(token.get()), route).status();
          boolean asExpected =
              (open || admitted.test(route, kind))
                  ? status != 403 && (status != 401 || open) && status < 500
                  : status == refusal;
          if (!asExpected) {
            wrong.put(route + " with " + kind, status);
          }
        }));
    return wrong;
  }

  @Test
  void what_is_expired_revoked_or_foreign_opens_no_route() throws Exception {
    Login ofDismissed = login();
    Login ofEndedSession = login();
    UUID revoked = Ids.timeOrdered().next();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(
        "an expired token",
        token(login(), Instant.now().minus(LONG), Role.ADMIN, Role.OPERATOR, Role.WAREHOUSE));
    tokens.put("a token of one dismissed", token(ofDismissed));
    tokens.put("a token of an ended session", token(ofEndedSession));
    tokens.put("a token of a strange issuer", stranger.token("admin"));
    tokens.put(
        "an expired token of the issuer",
        issuer.token(
            claims -> claims.expirationTime(java.util.Date.from(Instant.now().minus(LONG)))));
    tokens.put("an expired key", key(Ids.timeOrdered().next(), LONG, Role.ADMIN, Role.OPERATOR));
    tokens.put("a revoked key", key(revoked, Duration.ZERO, Role.ADMIN));
    tokens.put("an unknown key", "rsv_abcdefgh_" + "a".repeat(52));

    assertThat(as(tokens.getOrDefault("a token of one dismissed", "")).get("/api/users").status())
        .as("before")
        .isEqualTo(200);
    assertThat(
            as(tokens.getOrDefault("a token of an ended session", "")).get("/api/users").status())
        .isEqualTo(200);
    assertThat(as(tokens.getOrDefault("a revoked key", "")).get("/api/users").status())
        .isEqualTo(200);
    TokenRevoker revoker = reserva.bean(TokenRevoker.class);
    reserva
        .bean(Transactions.class)
        .run(tx -> {
          revoker.ofAccount(ofDismissed.account(), 2, Instant.now(), tx);
          revoker.ofSession(ofEndedSession.session(), Instant.now(), tx);
          reserva.bean(ApiKeyTable.class).revoke(revoked, Instant.now(), tx);
        });

    Map<String, Supplier<String>> all = new LinkedHashMap<>();
    tokens.forEach((kind, token) -> all.put(kind, () -> token));
    assertThat(wrong(all, (_, _) -> false, 401)).isEmpty();
  }

  @Test
  void who_must_set_up_a_second_factor_can_do_nothing_else() {
    Supplier<String> enrolling = () -> token(login(), Instant.now());
    assertThat(
            wrong(
                Map.of("such a token", enrolling),
                (route, _) -> FOR_ENROLLING.contains(route),
                403))
        .isEmpty();
  }

  @Test
  void an_api_key_opens_the_routes_of_its_roles_that_are_not_for_users_alone() {
    Map<String, Supplier<String>> keys = new LinkedHashMap<>();
    for (Role role : Set.of(Role.ADMIN, Role.OPERATOR, Role.WAREHOUSE)) {
      String key = key(role);
      keys.put(role.name().toLowerCase(Locale.ROOT), () -> key);
    }
    assertThat(
            wrong(
                keys,
                (route, role) ->
                    RoutesAndRolesIT.RULES.getOrDefault(route, Set.of()).contains(role)
                        && !FOR_USERS.contains(route),
                403))
        .isEmpty();
  }

  @Test
  void a_token_of_the_issuer_opens_the_routes_of_its_roles() throws Exception {
    Map<String, Supplier<String>> tokens = new LinkedHashMap<>();
    for (String role : Set.of("admin", "operator", "warehouse", "no role")) {
      String token = issuer.token(role);
      tokens.put(role, () -> token);
    }
    assertThat(
            wrong(
                tokens,
                (route, role) ->
                    RoutesAndRolesIT.RULES.getOrDefault(route, Set.of()).contains(role)
                        && !NOT_FOR_FOREIGN.contains(route),
                403))
        .isEmpty();
  }
}
