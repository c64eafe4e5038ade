package dev.reserva.platform.security;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Measures what a request pays for the check of its token, as {@code bench/results/README.md}
 * quotes it: CPU time of one thread, the median of {@value #ROUNDS} rounds after a warm-up.
 *
 * <pre>{@code
 * java -cp server/target/test-classes:server/target/reserva-server.jar \
 *   dev.reserva.platform.security.TokenCheckCost
 * }</pre>
 */
final class TokenCheckCost {

  private static final int ROUNDS = 11;
  private static final Duration ROUND = Duration.ofMillis(300);
  private static final int CALLS_PER_LOOK_AT_THE_CLOCK = 64;
  private static final int MANY_REVOCATIONS = 100_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Clock CLOCK = Clock.systemUTC();

  private static long sink;

  private TokenCheckCost() {}

  public static void main(String[] arguments) {
    TokenKeys keys = TestTokens.keys(TestTokens.key());
    Tokens tokens = new Tokens(keys, Duration.ofMinutes(10));
    IssuedTokens issued = new IssuedTokens(keys, CLOCK);
    String token =
        tokens.issue(
            new Caller("operator", Set.of(Role.OPERATOR), null), TestTokens.login(), Instant.now());
    RememberedTokens remembered = new RememberedTokens(issued, CLOCK);
    print("signature and claims, which a token costs once a minute", issued, token);
    print("a cached token, not checked", remembered, token);
    print("a cached token, checked, nothing revoked", checked(remembered, 0), token);
    print(
        "a cached token, checked, %,d revoked".formatted(MANY_REVOCATIONS),
        checked(remembered, MANY_REVOCATIONS),
        token);
    if (sink == 0) {
      throw new IllegalStateException("nothing was measured");
    }
  }

  private static UnrevokedTokens checked(RememberedTokens remembered, int revoked) {
    RevocationTable table = new RevocationTable(new NoDatabase());
    Revocations revocations = new Revocations(table, Duration.ZERO, CLOCK, System::nanoTime);
    TokenRevoker revoker = new TokenRevoker(table, revocations, CLOCK);
    for (int i = 0; i < revoked; i++) {
      revoker.ofSession(UUID.randomUUID(), Instant.now(), NoDatabase.UNIT_OF_WORK);
    }
    return new UnrevokedTokens(remembered, revocations);
  }

  private static void print(String what, JwtDecoder decoder, String token) {
    double[] rounds = new double[ROUNDS];
    round(decoder, token);
    round(decoder, token);
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = round(decoder, token);
    }
    Arrays.sort(rounds);
    System.out.printf(
        Locale.ROOT,
        "%-60s %9.0f ns (%.0f to %.0f)%n",
        what,
        rounds[ROUNDS / 2],
        rounds[0],
        rounds[ROUNDS - 1]);
  }

  /** Nanoseconds of CPU time per call. */
  private static double round(JwtDecoder decoder, String token) {
    long began = THREADS.getCurrentThreadCpuTime();
    long calls = 0;
    long passed;
    do {
      for (int i = 0; i < CALLS_PER_LOOK_AT_THE_CLOCK; i++) {
        sink += decoder.decode(token).getClaims().size();
      }
      calls += CALLS_PER_LOOK_AT_THE_CLOCK;
      passed = THREADS.getCurrentThreadCpuTime() - began;
    } while (passed < ROUND.toNanos());
    return (double) passed / calls;
  }

  /** A database whose revocations are never any others than this process's own. */
  private static final class NoDatabase implements Transactions {

    private static final ResultSet ROW =
        proxy(ResultSet.class, method -> method.equals("getString") ? "1" : null);

    private static final Statements STATEMENTS =
        (Statements)
            Proxy.newProxyInstance(
                Statements.class.getClassLoader(),
                new Class<?>[] {Statements.class},
                (_, method, parameters) ->
                    method.getName().equals("query")
                        ? List.of(((Statements.RowReader<?>) parameters[1]).read(ROW))
                        : null);

    static final UnitOfWork UNIT_OF_WORK =
        (UnitOfWork)
            Proxy.newProxyInstance(
                UnitOfWork.class.getClassLoader(),
                new Class<?>[] {UnitOfWork.class},
                (_, method, parameters) -> {
                  if (method.getName().equals("afterCommit")) {
                    ((Runnable) parameters[0]).run();
                  }
                  return method.getName().equals("resource") ? STATEMENTS : null;
                });

    private static <T> T proxy(Class<T> type, Function<String, @Nullable Object> answers) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (_, method, _) -> answers.apply(method.getName())));
    }

    @Override
    public <R> R call(Function<UnitOfWork, R> work) {
      return work.apply(UNIT_OF_WORK);
    }

    @Override
    public <R> R snapshot(Function<UnitOfWork, R> work) {
      return work.apply(UNIT_OF_WORK);
    }
  }
}
