package dev.reserva.customers.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.ServiceDatabase;
import dev.reserva.customers.adapters.postgres.PostgresSecondFactors;
import dev.reserva.customers.adapters.postgres.PostgresSessions;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.domain.ApiKey;
import dev.reserva.customers.domain.ApiKeySecret;
import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.customers.domain.Username;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last active administrator, on a database of its own. */
class LastAdministratorIT {

  private static final ServiceDatabase DATABASE = new ServiceDatabase("customers");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Cause CAUSE = Cause.of("last-administrator");

  private final PostgresUsers users = new PostgresUsers();
  private final EndSessions ending = new EndSessions(users, new PostgresSessions(), new NoTokens());
  private final ChangeStaff changing =
      new ChangeStaff(users, ending, new RevokeApiKeys(new NoKeys()));

  /** There are no tokens to refuse. */
  private static final class NoTokens implements AccessTokens {
    @Override
    public void refuseBelow(UUID account, int version, Instant now, UnitOfWork tx) {}

    @Override
    public void refuseOf(UUID session, Instant now, UnitOfWork tx) {}
  }

  /** Nobody made a key. */
  private static final class NoKeys implements ApiKeys {
    @Override
    public void add(ApiKey key, ApiKeySecret secret, UnitOfWork tx) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ApiKey> find(UUID id, UnitOfWork tx) {
      return Optional.empty();
    }

    @Override
    public List<ApiKey> list(@Nullable UUID before, int limit, UnitOfWork tx) {
      return List.of();
    }

    @Override
    public int countUsable(Instant now, UnitOfWork tx) {
      return 0;
    }

    @Override
    public void revoke(UUID id, Instant now, UnitOfWork tx) {}

    @Override
    public List<UUID> revokeOfMaker(UUID account, Set<UserRole> kept, Instant now, UnitOfWork tx) {
      return List.of();
    }
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @AfterEach
  void forgetUsers() {
    JdbcClient.create(DATABASE.dataSource()).sql("delete from customers.user_account").update();
  }

  private void hire(String name, UserRole... roles) {
    User user = User.staff(UUID.randomUUID(), new Username(name), "hash", Set.of(roles), NOW);
    assertThat(DATABASE.transactions().<Boolean>call(tx -> users.add(user, tx))).isTrue();
  }

  private boolean isActiveAdmin(String name) {
    return DATABASE
        .transactions()
        .snapshot(tx -> users.find(name, tx))
        .orElseThrow()
        .isActiveAdmin();
  }

  private ChangeStaff.Outcome dismiss(String name) {
    return DATABASE.transactions().call(tx -> changing.dismiss(null, name, CAUSE, NOW, tx));
  }

  private ChangeStaff.Outcome change(String name, boolean active, UserRole... roles) {
    return DATABASE
        .transactions()
        .call(tx -> changing.change(null, name, Set.of(roles), active, CAUSE, NOW, tx));
  }

  @Test
  void one_of_two_administrators_who_dismiss_each_other_at_once_stays() {
    hire("ana", UserRole.ADMIN);
    hire("bea", UserRole.ADMIN);
    var second = new AtomicReference<CompletableFuture<ChangeStaff.Outcome>>();

    ChangeStaff.Outcome first =
        DATABASE
            .transactions()
            .call(tx -> {
              ChangeStaff.Outcome dismissed = changing.dismiss(null, "bea", CAUSE, NOW, tx);
              CompletableFuture<ChangeStaff.Outcome> other =
                  CompletableFuture.supplyAsync(() -> dismiss("ana"));
              second.set(other);
              Awaitility.await().until(() -> other.isDone() || somebodyWaits());
              return dismissed;
            });

    assertThat(first).isInstanceOf(ChangeStaff.Outcome.Done.class);
    assertThat(second.get().join()).isEqualTo(new ChangeStaff.Outcome.LastAdministrator());
    assertThat(isActiveAdmin("ana")).isTrue();
    assertThat(isActiveAdmin("bea")).isFalse();
  }

  private static boolean somebodyWaits() {
    return JdbcClient.create(DATABASE.dataSource())
        .sql(
            """
            select exists (
              select 1 from pg_locks
              where not granted
                and pid in (select pid from pg_stat_activity where datname = current_database()))
            """)
        .query(Boolean.class)
        .single();
  }

  @Test
  void who_was_dismissed_a_moment_ago_neither_hires_nor_dismisses() {
    hire("ana", UserRole.ADMIN);
    hire("bea", UserRole.ADMIN);
    UUID bea = DATABASE.transactions().snapshot(tx -> users.find("bea", tx)).orElseThrow().id();
    assertThat(dismiss("bea")).isInstanceOf(ChangeStaff.Outcome.Done.class);

    HireStaff.Outcome hired =
        DATABASE
            .transactions()
            .call(tx ->
                new HireStaff(users, new PostgresSecondFactors(), ending, UUID::randomUUID)
                    .hire(
                        bea, new Username("carl"), "hash", Set.of(UserRole.ADMIN), CAUSE, NOW, tx));
    ChangeStaff.Outcome dismissed =
        DATABASE.transactions().call(tx -> changing.dismiss(bea, "ana", CAUSE, NOW, tx));

    assertThat(hired).isEqualTo(new HireStaff.Outcome.Dismissed());
    assertThat(dismissed).isEqualTo(new ChangeStaff.Outcome.Dismissed());
    assertThat(isActiveAdmin("ana")).isTrue();
  }

  @Test
  void the_last_administrator_can_be_neither_dismissed_nor_degraded() {
    hire("ana", UserRole.ADMIN);
    hire("olga", UserRole.OPERATOR);
    hire("bea", UserRole.ADMIN);
    assertThat(dismiss("bea")).isInstanceOf(ChangeStaff.Outcome.Done.class);

    assertThat(dismiss("ana")).isEqualTo(new ChangeStaff.Outcome.LastAdministrator());
    assertThat(change("ana", true, UserRole.OPERATOR))
        .isEqualTo(new ChangeStaff.Outcome.LastAdministrator());
    assertThat(change("ana", false, UserRole.ADMIN))
        .isEqualTo(new ChangeStaff.Outcome.LastAdministrator());

    assertThat(isActiveAdmin("ana")).isTrue();
    assertThat(change("ana", true, UserRole.ADMIN, UserRole.OPERATOR))
        .isInstanceOf(ChangeStaff.Outcome.Done.class);
    assertThat(dismiss("olga")).isInstanceOf(ChangeStaff.Outcome.Done.class);
  }
}
