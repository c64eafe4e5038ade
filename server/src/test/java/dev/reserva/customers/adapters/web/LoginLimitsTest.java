package dev.reserva.customers.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginLimitsTest {

  private static final ClientAddress OFFICE = new ClientAddress("10.0.0.1");
  private static final ClientAddress ELSEWHERE = new ClientAddress("203.0.113.7");

  private final AtomicLong nanos = new AtomicLong(7);

  private LoginLimits limits(int perUser, int perAddress) {
    return new LoginLimits(perUser, perAddress, Duration.ofSeconds(20), nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** The seconds that a refused attempt must wait. */
  private static int refused(LoginLimits limits, String username, ClientAddress from) {
    Problem[] refusal = new Problem[1];
    assertThatThrownBy(() -> limits.attempt(username, from))
        .isInstanceOfSatisfying(Problem.class, problem -> refusal[0] = problem);
    assertThat(refusal[0].status()).isEqualTo(429);
    assertThat(refusal[0].type()).isEqualTo("too-many-attempts");
    return Integer.parseInt(refusal[0].headers().get("Retry-After"));
  }

  @Test
  void failures_for_one_user_from_all_addresses_together_are_limited() {
    LoginLimits limits = limits(3, 100);
    limits.attempt("ana", new ClientAddress("203.0.113.1"));
    limits.attempt("ANA", new ClientAddress("203.0.113.2"));
    limits.attempt("ana", new ClientAddress("203.0.113.3"));

    assertThat(refused(limits, "ana", new ClientAddress("203.0.113.4"))).isEqualTo(1);
    limits.attempt("bo", new ClientAddress("203.0.113.4"));
  }

  @Test
  void each_further_failure_doubles_the_wait_up_to_the_longest() {
    LoginLimits limits = limits(2, 100);
    limits.attempt("ana", ELSEWHERE);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 20, 20}) {
      limits.attempt("ana", ELSEWHERE);
      assertThat(refused(limits, "ana", ELSEWHERE)).isEqualTo(seconds);
      pass(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void a_refused_attempt_prolongs_nothing() {
    LoginLimits limits = limits(1, 100);
    limits.attempt("ana", ELSEWHERE);
    for (int i = 0; i < 50; i++) {
      assertThat(refused(limits, "ana", ELSEWHERE)).isEqualTo(1);
    }
    pass(Duration.ofSeconds(1));

    limits.attempt("ana", ELSEWHERE).succeeded();
  }

  @Test
  void failures_elsewhere_do_not_lock_out_a_known_address() {
    LoginLimits limits = limits(2, 10);
    limits.attempt("ana", OFFICE).succeeded();
    for (int i = 0; i < 10; i++) {
      ClientAddress attacker = new ClientAddress("203.0.113." + i);
      pass(Duration.ofSeconds(30));
      limits.attempt("ana", attacker);
    }
    refused(limits, "ana", ELSEWHERE);

    limits.attempt("ana", OFFICE).succeeded();
  }

  @Test
  void wrong_passwords_from_a_known_address_do_not_lock_out_the_right_one() {
    LoginLimits limits = limits(2, 30);
    limits.attempt("ana", OFFICE).succeeded();
    for (int i = 0; i < 29; i++) {
      limits.attempt("ana", OFFICE);
    }

    limits.attempt("ana", OFFICE).succeeded();
  }

  @Test
  void colleagues_who_use_up_their_address_do_not_lock_out_who_is_known_there() {
    LoginLimits limits = limits(2, 5);
    limits.attempt("ana", OFFICE).succeeded();
    for (int i = 0; i < 4; i++) {
      limits.attempt("user " + i, OFFICE);
    }
    assertThat(refused(limits, "one more", OFFICE)).isEqualTo(12);

    limits.attempt("ana", OFFICE).succeeded();
  }

  @Test
  void guessing_from_a_known_address_is_limited_too() {
    LoginLimits limits = limits(2, 30);
    limits.attempt("ana", OFFICE).succeeded();
    for (int i = 0; i < 30; i++) {
      limits.attempt("ana", OFFICE);
    }

    assertThat(refused(limits, "ana", OFFICE)).isEqualTo(10);
  }

  @Test
  void an_address_is_known_for_the_user_who_has_logged_in_alone() {
    LoginLimits limits = limits(1, 100);
    limits.attempt("ana", OFFICE).succeeded();
    limits.attempt("bo", OFFICE);

    refused(limits, "bo", OFFICE);
  }

  @Test
  void the_right_password_without_the_second_factor_is_no_failure_and_makes_nothing_known() {
    LoginLimits limits = limits(2, 100);
    limits.attempt("ana", ELSEWHERE);
    for (int i = 0; i < 10; i++) {
      limits.attempt("ana", ELSEWHERE).passwordFits();
    }
    limits.attempt("ana", ELSEWHERE);

    assertThat(refused(limits, "ana", ELSEWHERE)).isEqualTo(1);
  }

  @Test
  void an_attempt_that_succeeds_costs_its_user_nothing() {
    LoginLimits limits = limits(1, 100);

    for (int i = 0; i < 500; i++) {
      limits.attempt("ana", OFFICE).succeeded();
    }
  }

  @Test
  void attempts_from_one_address_are_limited_whatever_they_try() {
    LoginLimits limits = limits(10, 3);
    for (int i = 0; i < 3; i++) {
      limits.attempt("user-" + i, OFFICE).succeeded();
    }

    assertThat(refused(limits, "user-4", OFFICE)).isEqualTo(20);
  }

  @Test
  void one_network_of_ipv6_counts_as_one_address() {
    LoginLimits limits = limits(10, 1);
    limits.attempt("ana", new ClientAddress("2001:db8:0:1::1"));

    refused(limits, "bo", new ClientAddress("2001:db8:0:1:ffff::2"));
    limits.attempt("bo", new ClientAddress("2001:db8:0:2::1"));
  }
}
