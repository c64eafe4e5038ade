package dev.reserva.customers;

import static dev.reserva.customers.Accounts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.contracts.Contracts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Sign-ups, and the logins that staff make for customers, through HTTP. */
class SignUpsIT {

  @RegisterExtension private static final SharedFixture<Accounts> ACCOUNTS = Accounts.shared();

  private final Accounts accounts = ACCOUNTS.get();
  private final TestReserva reserva = accounts.reserva();

  @Test
  void a_sign_up_is_answered_alike_for_known_and_unknown_addresses() {
    Accounts.Owner known = accounts.owner();
    accounts.register(reserva.admin(), "of-staff@example.org", null);

    Reply again = accounts.signUp(known.email(), "password-2");
    Reply ofStaff = accounts.signUp("of-staff@example.org", "password-2");
    Reply unknown = accounts.signUp(accounts.newEmail(), "password-2");

    for (Reply reply : List.of(again, ofStaff, unknown)) {
      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.body()).isEqualTo(again.body());
      assertThat(reply.response().headers().map().keySet())
          .isEqualTo(again.response().headers().map().keySet());
    }
    assertThat(accounts.factsOf(known.id()))
        .containsExactly(
            Contracts.CUSTOMER_REGISTERED,
            Contracts.VERIFICATION_REQUESTED,
            Contracts.SIGN_UP_REPEATED);
  }

  @Test
  void a_sign_up_neither_changes_a_login_nor_gives_one_to_a_customer_who_is_there() {
    Accounts.Owner known = accounts.owner();
    String email = accounts.newEmail();
    String id = accounts.register(accounts.operator(), email, null).json().get("id").asString();

    accounts.signUp(known.email(), "password-2");
    accounts.signUp(email, "password-2");

    assertThat(accounts.logIn(known.email(), "password-2")).isEqualTo(401);
    assertThat(accounts.logIn(known.email(), "password-1")).isEqualTo(200);
    assertThat(accounts.logIn(email, "password-2")).isEqualTo(401);
    assertThat(accounts.factsOf(id))
        .containsExactly(Contracts.CUSTOMER_REGISTERED, Contracts.SIGN_UP_REPEATED);
    assertThat(accounts.confirm(accounts.token("email=" + email), "password-3").status())
        .isEqualTo(204);
    assertThat(accounts.logIn(email, "password-3")).isEqualTo(200);
    assertThat(accounts.customer(email).get("verified").asBoolean()).isTrue();
  }

  @Test
  void staff_are_told_whether_an_address_is_taken() {
    String email = accounts.newEmail();

    assertThat(accounts.register(accounts.operator(), email, null).status()).isEqualTo(201);
    assertRefused(accounts.register(accounts.operator(), email, null), 409, "email-taken");
    assertThat(accounts.links("email=" + email)).isEmpty();
  }

  @Test
  void a_login_that_staff_made_is_verified_by_choosing_another_password_only() {
    String email = accounts.newEmail();
    accounts.register(accounts.operator(), email, "password-1");

    JsonNode link = accounts.link("email=" + email);

    assertThat(link.get("purpose").asString()).isEqualTo("reset_password");
    assertThat(accounts.customer(email).get("verified").asBoolean()).isFalse();
    assertThat(accounts.logIn(email, "password-1")).isEqualTo(200);
    assertThat(accounts.confirm(link.get("token").asString(), "password-2").status())
        .isEqualTo(204);
    assertThat(accounts.logIn(email, "password-1")).isEqualTo(401);
    assertThat(accounts.customer(email).get("verified").asBoolean()).isTrue();
  }

  @Test
  void the_owner_of_an_address_gets_out_who_signed_up_with_it_before() {
    Accounts.Owner hijacked = accounts.owner();
    int version = accounts.version(hijacked.email());

    accounts.signUp(hijacked.email(), "password-2");
    String token =
        accounts.links("email=" + hijacked.email()).stream()
            .filter(link -> link.get("purpose").asString().equals("reset_password"))
            .findFirst()
            .orElseThrow()
            .get("token")
            .asString();

    assertThat(accounts.confirm(token, "password-2").status()).isEqualTo(204);
    assertThat(accounts.logIn(hijacked.email(), "password-1")).isEqualTo(401);
    assertThat(accounts.logIn(hijacked.email(), "password-2")).isEqualTo(200);
    assertThat(accounts.version(hijacked.email())).isEqualTo(version + 1);
    assertThat(accounts.links("email=" + hijacked.email())).isEmpty();
    accounts.awaitRefused(hijacked.token());
  }
}
