package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import dev.reserva.EffectOf;
import dev.reserva.ServiceDatabase;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Processes on one database; time passes as a test says. */
class SigningKeysIT {

  private static final String SECRET = "a secret of more than thirty-two bytes";
  private static final String ANOTHER = "another secret of more than thirty-two bytes";
  private static final Duration PERIOD = Duration.ofDays(30);
  private static final Caller ANA = new Caller("ana", Set.of(Role.OPERATOR), null);

  private final ServiceDatabase database = new ServiceDatabase("platform");
  private final JdbcTemplate sql = new JdbcTemplate(database.dataSource());
  private final AtomicInteger reads = new AtomicInteger();
  private Duration later = Duration.ZERO;
  private boolean down;

  @AfterEach
  void close() {
    database.close();
  }

  private Clock clock() {
    InstantSource source = this::now;
    return source.withZone(ZoneOffset.UTC);
  }

  private Instant now() {
    return Instant.now().plus(later);
  }

  private final Set<String> announced = ConcurrentHashMap.newKeySet();

  private SigningKeys process(String secret) {
    return process(secret, PERIOD);
  }

  private SigningKeys process(String secret, Duration period) {
    Transactions real = database.transactions();
    Transactions counted =
        new Transactions() {
          @Override
          public <R> R call(Function<UnitOfWork, R> work) {
            return real.call(work);
          }

          @Override
          public <R> R snapshot(Function<UnitOfWork, R> work) {
            reads.incrementAndGet();
            if (down) {
              throw new DependencyUnavailable("the database is down", new IllegalStateException());
            }
            return real.snapshot(work);
          }
        };
    return new SigningKeys(
        counted,
        new TokenSecret(secret),
        period,
        clock(),
        () -> System.nanoTime() + later.toNanos(),
        (key, tx) -> announced.add(key));
  }

  private Tokens tokens(SigningKeys keys) {
    return new Tokens(keys, Duration.ofMinutes(10));
  }

  private IssuedTokens issued(SigningKeys keys) {
    return new IssuedTokens(keys, clock());
  }

  private static Set<String> ids(SigningKeys keys) {
    return keys.published().getKeys().stream().map(JWK::getKeyID).collect(Collectors.toSet());
  }

  @Test
  @EffectOf("reserva.security.token-secret")
  void processes_with_one_secret_sign_with_one_key_and_others_with_their_own() throws Exception {
    SigningKeys one = process(SECRET);
    SigningKeys other = process(SECRET);
    SigningKeys stranger = process(ANOTHER);
    List<Callable<String>> first =
        List.of(
            () -> one.signing(now()).getKeyID(),
            () -> other.signing(now()).getKeyID(),
            () -> stranger.signing(now()).getKeyID());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> ids = threads.invokeAll(first);

      assertThat(ids.get(0).get()).isEqualTo(ids.get(1).get()).isNotEqualTo(ids.get(2).get());
    }
    assertThat(one.signing(now()).isPrivate()).isTrue();
    assertThat(announced).as("keys that were put on record").hasSize(2);
  }

  @Test
  void a_process_verifies_the_tokens_of_every_other_one_on_its_database() {
    String token = TestTokens.issue(tokens(process(SECRET)), ANA);

    assertThat(issued(process(ANOTHER)).decode(token).getSubject()).isEqualTo("ana");
  }

  @Test
  void private_keys_are_stored_encrypted_and_not_published() throws Exception {
    SigningKeys keys = process(SECRET);
    byte[] plain = keys.signing(now()).toECPrivateKey().getEncoded();

    byte[] stored =
        sql.queryForObject("select private_key from platform.signing_key", byte[].class);

    assertThat(new String(stored, StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(plain, 30, 20, StandardCharsets.ISO_8859_1));
    assertThat(keys.published().getKeys()).hasSize(1).noneMatch(JWK::isPrivate);
  }

  @Test
  @EffectOf("reserva.security.key-rotation")
  void a_key_is_published_before_it_signs_and_verifies_until_its_last_token_has_expired() {
    SigningKeys here = process(SECRET);
    SigningKeys there = process(ANOTHER);
    String first = here.signing(now()).getKeyID();
    later = PERIOD.minus(SigningKeys.LEAD).minusMinutes(1);
    here.rotation().step().run();
    assertThat(ids(here)).containsExactly(first);

    later = PERIOD.minus(SigningKeys.LEAD).plusMinutes(1);
    here.rotation().step().run();
    there.rotation().step().run();
    assertThat(ids(there)).as("the next key is known").hasSize(2).contains(first);
    assertThat(here.signing(now()).getKeyID()).as("it does not sign yet").isEqualTo(first);
    String old = tokens(here).issue(ANA, TestTokens.login(), now());

    later = PERIOD.plusMinutes(2);
    reads.set(0);
    assertThat(here.signing(now()).getKeyID()).isNotEqualTo(first).isIn(ids(there));
    assertThat(issued(there).decode(tokens(here).issue(ANA, TestTokens.login(), now())))
        .isNotNull();
    later = PERIOD.minus(SigningKeys.LEAD).plusMinutes(5);
    assertThat(issued(there).decode(old)).isNotNull();
    assertThat(reads).as("nobody had to ask for a key").hasValue(0);

    later = PERIOD.plus(SigningKeys.LEAD).plus(Revocations.KEPT).plusMinutes(1);
    assertThat(ids(there)).hasSize(1).doesNotContain(first);
  }

  @Test
  void keys_that_verify_no_more_are_deleted() {
    SigningKeys keys = process(SECRET);
    for (int i = 0; i < 4; i++) {
      keys.signing(now());
      later = later.plus(PERIOD.multipliedBy(2));
      keys.rotation().step().run();
    }

    assertThat(sql.queryForObject("select count(*) from platform.signing_key", Integer.class))
        .isEqualTo(1);
  }

  @Test
  void a_server_that_did_not_run_when_its_key_ended_signs_with_a_new_one_at_once() {
    String first = process(SECRET).signing(now()).getKeyID();
    later = PERIOD.multipliedBy(3);

    SigningKeys again = process(SECRET);
    again.rotation().step().run();

    assertThat(again.signing(now()).getKeyID()).isNotEqualTo(first);
  }

  @Test
  void a_process_that_issues_no_token_makes_no_key() {
    process(SECRET).rotation().step().run();

    assertThat(sql.queryForObject("select count(*) from platform.signing_key", Integer.class))
        .isZero();
  }

  @Test
  void a_process_whose_clock_is_behind_signs_with_the_key_of_the_other() {
    String first = process(SECRET).signing(now().plusSeconds(5)).getKeyID();

    assertThat(process(SECRET).signing(now()).getKeyID()).isEqualTo(first);
  }

  @Test
  void unknown_keys_make_one_read_in_a_while_whatever_callers_send() throws Exception {
    SigningKeys keys = process(SECRET);
    keys.signing(now());
    reads.set(0);
    for (int i = 0; i < 100; i++) {
      JWKSelector unknown = new JWKSelector(new JWKMatcher.Builder().keyID("unknown " + i).build());
      assertThat(keys.get(unknown, null)).isEmpty();
    }
    assertThat(reads.get()).isBetween(1, 5);
  }

  @Test
  void a_token_with_an_unknown_key_cannot_be_checked_while_the_keys_cannot_be_read() {
    SigningKeys there = process(ANOTHER);
    there.signing(now());
    String known = TestTokens.issue(tokens(there), ANA);
    String unknown = TestTokens.issue(tokens(process(SECRET)), ANA);
    down = true;

    for (int i = 0; i < 3; i++) { // the first one makes this process try to read
      assertThatThrownBy(() -> issued(there).decode(unknown))
          .isInstanceOf(UnrevokedTokens.Uncheckable.class);
    }
    assertThat(issued(there).decode(known).getSubject()).isEqualTo("ana");

    down = false;
    later = later.plus(SigningKeys.PAUSE);
    assertThat(issued(there).decode(unknown).getSubject()).isEqualTo("ana");
  }

  @Test
  void a_key_that_was_withdrawn_is_refused_after_the_next_read() {
    SigningKeys keys = process(SECRET);
    String first = keys.signing(now()).getKeyID();
    sql.update("delete from platform.signing_key");

    keys.rotation().step().run();

    assertThat(ids(keys)).doesNotContain(first);
  }
}
