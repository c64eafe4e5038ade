package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.ServiceDatabase;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

/** Two processes on one database; each remembers the keys that it has looked up. */
class KnownApiKeysIT {

  private static ServiceDatabase database;

  private final Instant begin = Instant.ofEpochMilli(System.currentTimeMillis());
  private Duration later = Duration.ZERO;
  private boolean down;
  private int lookups;
  private final Clock clock = ((InstantSource) () -> begin.plus(later)).withZone(ZoneOffset.UTC);
  private final Revocations revocationsHere = revocations();
  private final ApiKeyTable table = table();
  private final KnownApiKeys here = process(revocationsHere);
  private final KnownApiKeys there = process(revocations());
  private final String prefix = UUID.randomUUID().toString().substring(0, 8);
  private final String key = "rsv_" + prefix + "_" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    database = new ServiceDatabase("platform");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private Revocations revocations() {
    return new Revocations(
        new RevocationTable(database.transactions()),
        Duration.ZERO,
        clock,
        () -> System.nanoTime() + later.toNanos());
  }

  private ApiKeyTable table() {
    return table(database.transactions());
  }

  private ApiKeyTable table(Transactions transactions) {
    return new ApiKeyTable(
        transactions, new TokenRevoker(new RevocationTable(transactions), revocationsHere, clock));
  }

  private KnownApiKeys process(Revocations revocations) {
    Transactions real = database.transactions();
    Transactions watched =
        new Transactions() {
          @Override
          public <R> R call(Function<UnitOfWork, R> work) {
            lookups++;
            if (down) {
              throw new DependencyUnavailable("the database is down", new IllegalStateException());
            }
            return real.call(work);
          }

          @Override
          public <R> R snapshot(Function<UnitOfWork, R> work) {
            return real.snapshot(work);
          }
        };
    return new KnownApiKeys(
        token -> {
          throw new BadJwtException("no token: " + token);
        },
        table(watched),
        revocations,
        clock);
  }

  private ApiKeyTable.Row added(UUID maker, Role... roles) {
    var row =
        new ApiKeyTable.Row(
            Ids.timeOrdered().next(),
            "import",
            prefix,
            Set.of(roles),
            "admin",
            maker,
            begin,
            begin.plus(Duration.ofHours(1)),
            null,
            null);
    database.transactions().run(tx -> table.add(row, key, tx));
    return row;
  }

  private ApiKeyTable.Row stored(UUID id) {
    return database.transactions().snapshot(tx -> table.find(id, tx)).orElseThrow();
  }

  private void refusedBy(KnownApiKeys process) {
    assertThatThrownBy(() -> process.decode(key)).isInstanceOf(BadJwtException.class);
  }

  @Test
  void a_key_is_a_caller_with_its_roles_on_every_process() {
    added(UUID.randomUUID(), Role.OPERATOR, Role.WAREHOUSE);
    for (KnownApiKeys process : List.of(here, there)) {
      Jwt token = process.decode(key);
      Caller caller = Callers.of(token);
      assertThat(caller.kind()).isEqualTo(Caller.Kind.API_KEY);
      assertThat(caller.name()).isEqualTo("key:" + prefix);
      assertThat(caller.roles()).containsExactlyInAnyOrder(Role.OPERATOR, Role.WAREHOUSE);
      assertThat(token.getExpiresAt()).isEqualTo(begin.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void an_unknown_key_is_refused_and_whatever_is_no_key_is_left_to_the_tokens() {
    refusedBy(here);
    assertThatThrownBy(() -> here.decode("rsv_" + "x".repeat(1_000)))
        .isInstanceOf(BadJwtException.class);
    assertThat(lookups).isEqualTo(1); // not for a text too long to be a key
    assertThatThrownBy(() -> here.decode("a.b.c")).hasMessage("no token: a.b.c");
  }

  @Test
  void a_revoked_key_is_refused_at_once_here_and_within_two_seconds_there() {
    UUID id = added(UUID.randomUUID(), Role.OPERATOR).id();
    here.decode(key);
    there.decode(key);
    database.transactions().run(tx -> table.revoke(id, clock.instant(), tx));
    refusedBy(here);
    later = later.plus(Revocations.FRESH).plusMillis(1);
    refusedBy(there);
    later = later.plus(KnownApiKeys.LONGEST);
    refusedBy(there); // by its row, when it is no longer cached
    assertThat(stored(id).revokedAt()).isEqualTo(begin);
  }

  @Test
  void an_expired_key_is_refused_at_once() {
    ApiKeyTable.Row row = added(UUID.randomUUID(), Role.OPERATOR);
    later = Duration.between(begin, row.expiresAt()).minusMillis(1);
    here.decode(key);
    later = later.plusMillis(1);
    refusedBy(here);
    refusedBy(there);
  }

  @Test
  void a_key_in_use_is_looked_up_and_noted_once_a_minute() {
    UUID id = added(UUID.randomUUID(), Role.OPERATOR).id();
    assertThat(stored(id).lastUsedAt()).isNull();
    for (int i = 0; i < 100; i++) {
      here.decode(key);
    }
    assertThat(lookups).isEqualTo(1);
    assertThat(stored(id).lastUsedAt()).isEqualTo(begin);

    later = Duration.ofSeconds(30);
    there.decode(key); // noted half a minute ago
    assertThat(stored(id).lastUsedAt()).isEqualTo(begin);

    later = KnownApiKeys.LONGEST.plusMillis(1);
    here.decode(key);
    assertThat(stored(id).lastUsedAt()).isEqualTo(begin.plus(later));
  }

  @Test
  void a_key_that_cannot_be_looked_up_is_neither_accepted_nor_refused() {
    added(UUID.randomUUID(), Role.OPERATOR);
    down = true;
    assertThatThrownBy(() -> here.decode(key)).isInstanceOf(UnrevokedTokens.Uncheckable.class);
    down = false;
    here.decode(key);
  }

  @Test
  void keys_end_with_the_roles_of_their_maker() {
    UUID maker = UUID.randomUUID();
    UUID id = added(maker, Role.OPERATOR).id();
    here.decode(key);
    Instant now = clock.instant();
    database
        .transactions()
        .run(tx ->
            assertThat(table.revokeOfMaker(maker, Set.of(Role.OPERATOR, Role.WAREHOUSE), now, tx))
                .isEmpty());
    here.decode(key);
    database
        .transactions()
        .run(tx ->
            assertThat(table.revokeOfMaker(maker, Set.of(Role.WAREHOUSE), now, tx))
                .containsExactly(id));
    refusedBy(here);
  }

  @Test
  void only_a_hash_of_the_key_is_stored() {
    UUID id = added(UUID.randomUUID(), Role.OPERATOR).id();
    List<String> rows =
        database
            .transactions()
            .snapshot(tx ->
                Statements.of(tx)
                    .query(
                        "select id, k::text as row from platform.api_key k where id = ?",
                        row -> Rows.uuid(row, "id") + row.getString("row"),
                        id));
    assertThat(rows).hasSize(1).noneMatch(row -> row.contains(key));
  }
}
