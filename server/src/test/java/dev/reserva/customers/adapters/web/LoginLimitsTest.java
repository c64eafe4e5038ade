package dev.reserva.customers.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.Problem;
import org.junit.jupiter.api.Test;

class LoginLimitsTest {

  @Test
  void failures_for_one_user_from_one_address_are_limited() {
    LoginLimits limits = new LoginLimits(2, 100);
    limits.attempt("ana", new ClientAddress("10.0.0.1"));
    limits.attempt("ANA", new ClientAddress("10.0.0.1"));

    assertThatThrownBy(() -> limits.attempt("ana", new ClientAddress("10.0.0.1")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(429);
              assertThat(Integer.parseInt(problem.headers().get("Retry-After"))).isBetween(1, 61);
            });
    limits.attempt("ana", new ClientAddress("10.0.0.2"));
    limits.attempt("bo", new ClientAddress("10.0.0.1"));
  }

  @Test
  void an_attempt_that_succeeds_costs_its_user_nothing() {
    LoginLimits limits = new LoginLimits(1, 100);

    for (int i = 0; i < 50; i++) {
      limits.attempt("ana", new ClientAddress("10.0.0.1")).succeeded();
    }
  }

  @Test
  void attempts_from_one_address_are_limited_whatever_they_try() {
    LoginLimits limits = new LoginLimits(10, 3);
    for (int i = 0; i < 3; i++) {
      limits.attempt("user-" + i, new ClientAddress("10.0.0.1")).succeeded();
    }

    assertThatThrownBy(() -> limits.attempt("user-4", new ClientAddress("10.0.0.1")))
        .isInstanceOf(Problem.class);
  }

  @Test
  void one_network_of_ipv6_counts_as_one_address() {
    LoginLimits limits = new LoginLimits(10, 1);
    limits.attempt("ana", new ClientAddress("2001:db8:0:1::1"));

    assertThatThrownBy(() -> limits.attempt("ana", new ClientAddress("2001:db8:0:1:ffff::2")))
        .isInstanceOf(Problem.class);
    limits.attempt("ana", new ClientAddress("2001:db8:0:2::1"));
  }
}
