package dev.reserva.customers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserTest {

  private static final User ADMIN =
      User.staff(
          UUID.randomUUID(),
          new Username("ana.lima"),
          "hash",
          Set.of(UserRole.ADMIN),
          Instant.parse("2026-01-31T12:00:00Z"));

  @Test
  void an_administrator_is_one_until_the_role_or_the_login_ends() {
    assertThat(ADMIN.isActiveAdmin()).isTrue();
    assertThat(ADMIN.with(ADMIN.roles(), false).isActiveAdmin()).isFalse();
    assertThat(ADMIN.with(Set.of(UserRole.OPERATOR), true).isActiveAdmin()).isFalse();
    assertThat(ADMIN.with(Set.of(UserRole.ADMIN, UserRole.OPERATOR), true).isActiveAdmin())
        .isTrue();
  }

  @Test
  void other_roles_and_another_password_are_all_that_changes() {
    User changed = ADMIN.with(Set.of(UserRole.OPERATOR), false).withPasswordHash("another");

    assertThat(changed)
        .isEqualTo(
            new User(
                ADMIN.id(),
                "ana.lima",
                "another",
                Set.of(UserRole.OPERATOR),
                null,
                false,
                ADMIN.version(),
                ADMIN.createdAt()));
    assertThat(ADMIN.withPasswordHash("hash")).isEqualTo(ADMIN);
  }
}
