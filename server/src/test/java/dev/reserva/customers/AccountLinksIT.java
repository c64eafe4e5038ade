package dev.reserva.customers;

import static dev.reserva.customers.Accounts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.contracts.Contracts;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The links by which addresses are verified and passwords reset, through HTTP. */
class AccountLinksIT {

  @RegisterExtension private static final SharedFixture<Accounts> ACCOUNTS = Accounts.shared();

  private final Accounts accounts = ACCOUNTS.get();
  private final TestReserva reserva = accounts.reserva();

  @Test
  void an_address_is_verified_by_its_link_once() {
    Accounts.Owner owner = accounts.owner();
    String token = accounts.token("email=" + owner.email());

    Reply first = accounts.verify(token);
    Reply again = accounts.verify(token);

    assertThat(first.status()).isEqualTo(204);
    assertRefused(again, 422, "invalid-link");
    assertThat(accounts.customer(owner.email()).get("verified").asBoolean()).isTrue();
    assertThat(accounts.logIn(owner.email(), "password-1")).isEqualTo(200);
    assertThat(accounts.factsOf(owner.id()))
        .containsExactly(
            Contracts.CUSTOMER_REGISTERED,
            Contracts.VERIFICATION_REQUESTED,
            Contracts.CUSTOMER_VERIFIED);
  }

  @Test
  void a_forgotten_password_is_reset_by_a_link_and_every_session_ends() {
    Accounts.Owner owner = accounts.owner();
    accounts.verify(accounts.token("email=" + owner.email()));
    int version = accounts.version(owner.email());

    Reply known = accounts.ask(null, "email", owner.email());
    Reply unknown = accounts.ask(null, "email", accounts.newEmail());

    assertThat(known.status()).isEqualTo(202);
    assertThat(unknown.status()).isEqualTo(202);
    assertThat(unknown.body()).isEqualTo(known.body());
    String token = accounts.token("email=" + owner.email());
    assertThat(accounts.confirm(token, "password-2").status()).isEqualTo(204);
    assertRefused(accounts.confirm(token, "password-3"), 422, "invalid-link");
    assertThat(accounts.logIn(owner.email(), "password-1")).isEqualTo(401);
    assertThat(accounts.logIn(owner.email(), "password-2")).isEqualTo(200);
    assertThat(accounts.version(owner.email())).isEqualTo(version + 1);
  }

  @Test
  void a_link_serves_one_of_many_who_use_it_at_once() throws Exception {
    Accounts.Owner owner = accounts.owner();
    String token = accounts.token("email=" + owner.email());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          Collections.nCopies(20, () -> accounts.verify(token).status());
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
    Accounts.Owner owner = accounts.owner();
    accounts.verify(accounts.token("email=" + owner.email()));
    accounts.ask(null, "email", owner.email());
    String token = accounts.token("email=" + owner.email());

    accounts.ask(null, "email", owner.email());
    accounts.signUp(owner.email(), "password-2");

    assertThat(accounts.token("email=" + owner.email())).isEqualTo(token);
    assertThat(accounts.factsOf(owner.id()))
        .containsOnlyOnce(Contracts.PASSWORD_RESET_REQUESTED)
        .doesNotContain(Contracts.SIGN_UP_REPEATED);
  }

  @Test
  void an_expired_a_forged_and_a_foreign_link_are_refused_alike() {
    Accounts.Owner owner = accounts.owner();
    String token = accounts.token("email=" + owner.email());
    String forged = (token.startsWith("A") ? "B" : "A") + token.substring(1);

    assertRefused(accounts.confirm(token, "password-2"), 422, "invalid-link");
    assertRefused(accounts.verify(forged), 422, "invalid-link");
    assertRefused(accounts.verify("x"), 422, "invalid-link");
    accounts
        .sql()
        .sql(
            """
            update customers.account_link
            set created_at = now() - interval '3 days', expires_at = now() - interval '1 second'
            where customer_id = ?
            """)
        .param(UUID.fromString(owner.id()))
        .update();
    assertRefused(accounts.verify(token), 422, "invalid-link");
    assertThat(accounts.links("email=" + owner.email())).isEmpty();
    assertThat(accounts.customer(owner.email()).get("verified").asBoolean()).isFalse();
  }

  @Test
  @EffectOf({"reserva.customers.verification-lifetime", "reserva.customers.reset-lifetime"})
  void links_expire_as_configured() {
    Accounts.Owner owner = accounts.owner();
    JsonNode verification = accounts.link("email=" + owner.email());
    accounts.verify(verification.get("token").asString());
    accounts.ask(null, "email", owner.email());
    JsonNode reset = accounts.link("email=" + owner.email());

    assertThat(lifetime(verification)).isEqualTo(Accounts.VERIFICATION_LIFETIME);
    assertThat(lifetime(reset)).isEqualTo(Accounts.RESET_LIFETIME);
  }

  private static Duration lifetime(JsonNode link) {
    return Duration.between(
        Instant.parse(link.get("createdAt").asString()),
        Instant.parse(link.get("expiresAt").asString()));
  }

  @Test
  void links_are_paged_and_their_secrets_are_not_stored() {
    Accounts.Owner ana = accounts.owner();
    Accounts.Owner bo = accounts.owner();

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
        accounts
            .sql()
            .sql("select string_agg(l::text, ' ') from customers.account_link l")
            .query(String.class)
            .single();
    assertThat(stored).doesNotContain(page.json().at("/items/0/token").asString().substring(22));
    assertThat(reserva.call("GET", "/api/auth/links", accounts.operator(), null).status())
        .isEqualTo(403);
  }

  @Test
  void an_administrator_lets_staff_choose_a_new_password() {
    accounts.hire("rosa", "operator");
    int version = accounts.version("rosa");

    assertThat(accounts.ask(null, "username", "rosa").status()).isEqualTo(403);
    assertThat(accounts.ask(accounts.operator(), "username", "rosa").status()).isEqualTo(403);
    assertThat(accounts.ask(reserva.admin(), "username", "rosa").status()).isEqualTo(202);
    String token = accounts.token("username=rosa");
    assertThat(accounts.confirm(token, "password-2").status()).isEqualTo(204);

    assertThat(accounts.logIn("rosa", "password-1")).isEqualTo(401);
    assertThat(accounts.logIn("rosa", "password-2")).isEqualTo(200);
    assertThat(accounts.version("rosa")).isEqualTo(version + 1);
    assertThat(accounts.ask(null, "email", "x").status()).isEqualTo(400);
    assertThat(reserva.call("POST", "/api/auth/password-reset", reserva.admin(), "{}").status())
        .isEqualTo(400);
  }

  @Test
  void a_deactivated_customer_gets_no_link() {
    Accounts.Owner owner = accounts.owner();
    String token = accounts.token("email=" + owner.email());
    reserva.call("DELETE", "/api/customers/" + owner.id(), reserva.admin(), null);

    assertThat(accounts.signUp(owner.email(), "password-2").status()).isEqualTo(202);
    assertRefused(accounts.verify(token), 422, "invalid-link");
    assertThat(accounts.factsOf(owner.id())).endsWith(Contracts.CUSTOMER_DEACTIVATED);
  }
}
