package dev.reserva.customers;

import static dev.reserva.customers.Accounts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.contracts.Contracts;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How passwords, addresses and the state of an account change, through HTTP. */
class AccountChangesIT {

  @RegisterExtension private static final SharedFixture<Accounts> ACCOUNTS = Accounts.shared();

  private final Accounts accounts = ACCOUNTS.get();
  private final TestReserva reserva = accounts.reserva();

  private Reply change(String id, String token, String members) {
    return reserva.call("PUT", "/api/customers/" + id, token, "{\"name\":\"Ana\"," + members + "}");
  }

  private Reply changePassword(String token, String current, String chosen) {
    return reserva.call(
        "POST",
        "/api/auth/password",
        token,
        "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(current, chosen));
  }

  @Test
  void everybody_changes_the_own_password_with_the_current_one_only() {
    Accounts.Owner owner = accounts.owner();
    accounts.hire("petra", "operator");
    String petra = reserva.login("petra", "password-1");
    int version = accounts.version("petra");

    assertRefused(changePassword(petra, "password-9", "password-2"), 403, "wrong-password");
    assertThat(
            changePassword(petra, "password-1", "short").json().at("/errors/0/pointer").asString())
        .isEqualTo("/new");
    assertThat(accounts.version("petra")).isEqualTo(version);
    assertThat(changePassword(petra, "password-1", "password-2").status()).isEqualTo(204);
    assertThat(changePassword(owner.token(), "password-1", "password-2").status()).isEqualTo(204);

    for (String login : List.of("petra", owner.email())) {
      assertThat(accounts.logIn(login, "password-1")).isEqualTo(401);
      assertThat(accounts.logIn(login, "password-2")).isEqualTo(200);
    }
    assertThat(accounts.version("petra")).isEqualTo(version + 1);
    accounts.awaitRefused(petra);
    accounts.awaitRefused(owner.token());
  }

  @Test
  void a_token_alone_changes_neither_password_nor_address() {
    Accounts.Owner owner = accounts.owner();
    String email = accounts.newEmail();
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
    assertThat(accounts.logIn(owner.email(), "password-1")).isEqualTo(200);
    assertThat(accounts.customer(owner.email()).get("version").asInt()).isEqualTo(1);
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
    Accounts.Owner owner = accounts.owner();
    for (int i = 0; i < 10; i++) {
      assertThat(changePassword(owner.token(), "password-9", "password-2").status()).isEqualTo(403);
    }

    assertRefused(
        changePassword(owner.token(), "password-1", "password-2"), 429, "too-many-attempts");
  }

  @Test
  void a_new_address_has_to_be_verified_and_links_to_the_old_one_end() {
    Accounts.Owner owner = accounts.owner();
    accounts.verify(accounts.token("email=" + owner.email()));
    accounts.ask(null, "email", owner.email());
    String old = accounts.token("email=" + owner.email());
    String email = accounts.newEmail();

    Reply moved =
        change(
            owner.id(),
            owner.token(),
            "\"email\":\"%s\",\"currentPassword\":\"password-1\"".formatted(email));

    assertThat(moved.json().get("verified").asBoolean()).isFalse();
    assertRefused(accounts.confirm(old, "password-2"), 422, "invalid-link");
    assertThat(accounts.link("email=" + email).get("purpose").asString()).isEqualTo("verify_email");
    assertThat(accounts.verify(accounts.token("email=" + email)).status()).isEqualTo(204);
    assertThat(accounts.customer(email).get("verified").asBoolean()).isTrue();
  }

  @Test
  void staff_set_no_password_of_a_customer_and_move_no_login_to_an_address_of_theirs() {
    Accounts.Owner owner = accounts.owner();
    String email = accounts.newEmail();
    String withoutLogin =
        accounts
            .register(accounts.operator(), accounts.newEmail(), null)
            .json()
            .get("id")
            .asString();
    String password = "\"email\":\"%s\",\"password\":\"password-2\"";

    for (String staff : List.of(accounts.operator(), reserva.admin())) {
      Reply refused = change(owner.id(), staff, password.formatted(owner.email()));
      assertRefused(refused, 403, "not-for-staff");
      assertThat(refused.json().get("detail").asString()).contains("/api/auth/password-reset");
      assertRefused(change(withoutLogin, staff, password.formatted(email)), 403, "not-for-staff");
    }
    assertRefused(
        change(owner.id(), accounts.operator(), "\"email\":\"%s\"".formatted(email)),
        403,
        "not-for-staff");
    assertThat(accounts.logIn(owner.email(), "password-1")).isEqualTo(200);
    assertThat(
            change(
                    withoutLogin,
                    accounts.operator(),
                    "\"email\":\"%s\"".formatted(accounts.newEmail()))
                .status())
        .isEqualTo(200);
    assertThat(change(owner.id(), reserva.admin(), "\"email\":\"%s\"".formatted(email)).status())
        .isEqualTo(200);
  }

  @Test
  void a_deactivated_customer_is_reactivated_by_staff() {
    Accounts.Owner owner = accounts.owner();
    String path = "/api/customers/" + owner.id();
    reserva.call("DELETE", path, reserva.admin(), null);
    assertThat(accounts.logIn(owner.email(), "password-1")).isEqualTo(401);

    Reply active = reserva.call("POST", path + "/reactivate", accounts.operator(), null);
    Reply again = reserva.call("POST", path + "/reactivate", accounts.operator(), null);

    assertThat(active.status()).isEqualTo(200);
    assertThat(active.json().get("active").asBoolean()).isTrue();
    assertThat(again.json()).isEqualTo(active.json());
    assertThat(active.header("ETag")).isEqualTo("\"3\"");
    assertThat(accounts.logIn(owner.email(), "password-1")).isEqualTo(200);
    assertThat(accounts.factsOf(owner.id()))
        .endsWith(Contracts.CUSTOMER_DEACTIVATED, Contracts.CUSTOMER_REACTIVATED);
    assertThat(
            reserva
                .call(
                    "POST",
                    "/api/customers/" + UUID.randomUUID() + "/reactivate",
                    accounts.operator(),
                    null)
                .status())
        .isEqualTo(404);
  }

  @Test
  void a_rescued_login_is_active_and_has_another_password_and_no_second_factor() {
    accounts.hire("rick", "operator");
    reserva.call("DELETE", "/api/users/rick", reserva.admin(), null);
    accounts
        .sql()
        .sql(
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
    assertThat(accounts.logIn("rick", "password-1")).isEqualTo(401);
    assertThat(accounts.logIn("rick", rescued.password())).isEqualTo(200);
    assertThat(reserva.bean(RescueLogin.class).rescue("nobody", null)).isEmpty();
  }
}
