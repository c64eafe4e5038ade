package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.ServiceDatabase;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two processes on one database; each remembers what it has read. */
class RevocationsIT {

  private static ServiceDatabase database;

  private final UUID account = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private Duration later = Duration.ZERO;
  private boolean down;
  private int reads;
  private final Knowledge here = new Knowledge(Duration.ZERO);
  private final Knowledge there = new Knowledge(Duration.ZERO);

  @BeforeAll
  static void start() {
    database = new ServiceDatabase("platform");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /** What one process knows, and what it revokes and deletes with. */
  private final class Knowledge {
    private final Revocations known;
    private final TokenRevoker revoker;

    Knowledge(Duration outage) {
      Clock clock = ((InstantSource) () -> Instant.now().plus(later)).withZone(ZoneOffset.UTC);
      RevocationTable table = new RevocationTable(watched());
      known = new Revocations(table, outage, clock, () -> System.nanoTime() + later.toNanos());
      revoker = new TokenRevoker(table, known, clock);
    }

    boolean isRevoked(UUID account, int version) {
      return known.isRevoked(account, version);
    }

    boolean isRevoked(UUID account, int version, UUID session) {
      return known.isRevoked(account, version, session);
    }

    boolean isRevoked(UUID session) {
      return known.isRevoked(session);
    }
  }

  private Transactions watched() {
    Transactions real = database.transactions();
    return new Transactions() {
      @Override
      public <R> R call(Function<UnitOfWork, R> work) {
        return real.call(work);
      }

      @Override
      public <R> R snapshot(Function<UnitOfWork, R> work) {
        reads++;
        if (down) {
          throw new DependencyUnavailable("the database is down", new IllegalStateException());
        }
        return real.snapshot(work);
      }
    };
  }

  private void pass(Duration time) {
    later = later.plus(time);
  }

  @Test
  void tokens_of_a_lower_version_are_refused_by_the_process_that_revokes_them_at_once() {
    assertThat(here.isRevoked(account, 1)).isFalse();

    database.transactions().run(tx -> here.revoker.ofAccount(account, 2, Instant.now(), tx));

    assertThat(here.isRevoked(account, 1)).isTrue();
    assertThat(here.isRevoked(account, 1, session)).isTrue();
    assertThat(here.isRevoked(account, 2)).isFalse();
    assertThat(here.isRevoked(UUID.randomUUID(), 1)).isFalse();
  }

  @Test
  void another_process_knows_them_once_its_last_read_is_two_seconds_old() {
    assertThat(there.isRevoked(account, 1)).isFalse();
    database.transactions().run(tx -> here.revoker.ofAccount(account, 2, Instant.now(), tx));

    pass(Revocations.FRESH.plusMillis(1));

    assertThat(there.isRevoked(account, 1)).isTrue();
    assertThat(there.isRevoked(account, 2)).isFalse();
  }

  @Test
  void a_read_serves_all_requests_of_the_next_two_seconds() {
    reads = 0;
    for (int i = 0; i < 100; i++) {
      assertThat(here.isRevoked(account, 1)).isFalse();
    }
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void polling_spares_requests_the_read() {
    assertThat(there.isRevoked(account, 1)).isFalse();
    database.transactions().run(tx -> here.revoker.ofSession(session, Instant.now(), tx));
    pass(Revocations.FRESH.plusMillis(1));

    assertThat(there.known.polling().step().run()).isFalse();

    reads = 0;
    assertThat(there.isRevoked(account, 1, session)).isTrue();
    assertThat(there.isRevoked(session)).isTrue();
    assertThat(there.isRevoked(account, 1, UUID.randomUUID())).isFalse();
    assertThat(reads).isZero();
  }

  @Test
  void a_revocation_whose_transaction_commits_late_is_not_missed() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    UUID late = UUID.randomUUID();
    Thread slow =
        Thread.startVirtualThread(() ->
            database
                .transactions()
                .run(tx -> {
                  here.revoker.ofAccount(late, 2, Instant.now(), tx);
                  Instant _ = tx.now(); // sends the row
                  written.countDown();
                  await(mayCommit);
                }));
    await(written);
    database.transactions().run(tx -> here.revoker.ofAccount(account, 2, Instant.now(), tx));
    assertThat(there.isRevoked(account, 1)).isTrue();
    assertThat(there.isRevoked(late, 1)).isFalse();

    mayCommit.countDown();
    slow.join();
    pass(Revocations.FRESH.plusMillis(1));

    assertThat(there.isRevoked(late, 1)).isTrue();
  }

  @Test
  void a_revocation_that_is_rolled_back_revokes_nothing() {
    assertThatThrownBy(() ->
            database
                .transactions()
                .run(tx -> {
                  here.revoker.ofAccount(account, 2, Instant.now(), tx);
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");

    assertThat(here.isRevoked(account, 1)).isFalse();
    assertThat(there.isRevoked(account, 1)).isFalse();
  }

  @Test
  void the_highest_version_counts_in_whatever_order_revocations_are_read() {
    database
        .transactions()
        .run(tx -> {
          here.revoker.ofAccount(account, 5, Instant.now(), tx);
          here.revoker.ofAccount(account, 3, Instant.now(), tx);
        });

    assertThat(here.isRevoked(account, 4)).isTrue();
    assertThat(there.isRevoked(account, 4)).isTrue();
    assertThat(there.isRevoked(account, 5)).isFalse();
  }

  @Test
  void without_the_database_no_token_is_accepted_once_the_last_read_is_two_seconds_old() {
    assertThat(here.isRevoked(account, 1)).isFalse();
    down = true;
    assertThat(here.isRevoked(account, 1)).isFalse();

    pass(Revocations.FRESH.plusMillis(1));

    assertThatThrownBy(() -> here.isRevoked(account, 1)).isInstanceOf(Revocations.Unknown.class);
    reads = 0;
    assertThatThrownBy(() -> here.isRevoked(account, 1, session))
        .isInstanceOf(Revocations.Unknown.class);
    assertThat(reads).as("a read that failed is not tried again at once").isZero();
    down = false;
    pass(Duration.ofSeconds(1));
    assertThat(here.isRevoked(account, 1)).isFalse();
  }

  @Test
  void an_outage_that_is_allowed_leaves_the_last_read_valid_and_a_revocation_counts_after_it() {
    Knowledge remote = new Knowledge(Duration.ofMinutes(1));
    assertThat(remote.isRevoked(account, 1)).isFalse();
    database.transactions().run(tx -> here.revoker.ofAccount(account, 2, Instant.now(), tx));
    down = true;

    pass(Duration.ofSeconds(30));
    assertThat(remote.isRevoked(account, 1)).isFalse();
    pass(Duration.ofSeconds(31));
    assertThatThrownBy(() -> remote.isRevoked(account, 1)).isInstanceOf(Revocations.Unknown.class);

    down = false;
    pass(Duration.ofSeconds(1));
    assertThat(remote.isRevoked(account, 1)).isTrue();
  }

  @Test
  void a_process_that_has_never_read_accepts_nothing_whatever_outage_is_allowed() {
    down = true;

    assertThatThrownBy(() -> new Knowledge(Duration.ofHours(1)).isRevoked(account, 1))
        .isInstanceOf(Revocations.Unknown.class);
  }

  @Test
  void a_revocation_is_forgotten_when_no_token_can_be_left() {
    JdbcTemplate sql = new JdbcTemplate(database.dataSource());
    database.transactions().run(tx -> here.revoker.ofSession(session, Instant.now(), tx));
    assertThat(there.isRevoked(session)).isTrue();

    pass(Revocations.KEPT.minusMinutes(1));
    there.known.forgetting().step().run();
    there.revoker.purge().step().run();
    assertThat(there.isRevoked(session)).isTrue();

    pass(Duration.ofMinutes(2));
    there.known.forgetting().step().run();
    there.revoker.purge().step().run();
    assertThat(there.isRevoked(session)).isFalse();
    assertThat(
            sql.queryForObject(
                "select count(*) from platform.token_revocation where subject = ?",
                Integer.class,
                session))
        .isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
