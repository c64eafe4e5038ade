package dev.reserva.financial.application;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims work that is due, calls the provider, and records the results.
 *
 * <ul>
 *   <li>The attempt is committed before its call.
 *   <li>The call is made outside any transaction.
 *   <li>The result is committed after the call.
 * </ul>
 *
 * <p>If the process dies in between, the claim's lease ends, and the next claimant finds the
 * attempt on record. {@link #step} is called by one thread at a time.
 */
final class ProviderLoop<T, R> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderLoop.class);

  private final ProviderWork<T, R> work;
  private final Transactions transactions;
  private final ProviderAccess access;
  private final Calls<R> calls;
  private final DueLooks looks;

  /**
   * @param resultsReady wakes the worker that calls {@link #step}; called on any thread
   */
  ProviderLoop(
      ProviderWork<T, R> work,
      Transactions transactions,
      ProviderAccess access,
      Runnable resultsReady) {
    this.work = work;
    this.transactions = transactions;
    this.access = access;
    CallPolicy policy = access.policy();
    this.calls =
        access
            .carrier()
            .open(work.name() + "-provider", policy.maxCalls(), policy.timeLimit(), resultsReady);
    this.looks = new DueLooks(access.carrier().nanoTime());
  }

  /** How many more calls could start at once. */
  int room() {
    return calls.room();
  }

  /** Starts the calls for work whose claim is committed. */
  void start(List<T> claimed) {
    claimed.forEach(
        piece -> calls.start(() -> work.ask(piece), failure -> work.unanswered(piece, failure)));
  }

  /**
   * Records the results of finished calls and claims what is due, in one transaction, then starts
   * the calls.
   *
   * @return whether there may be more to do at once; results that arrive later wake the worker
   */
  boolean step() {
    try (Transactions.Permit _ = transactions.acquirePermit()) {
      return step(calls.fetch(access.policy().maxCalls()));
    }
  }

  private boolean step(List<R> results) {
    try {
      return recordAndClaim(results);
    } catch (DependencyUnavailable e) {
      calls.putBack(results);
      throw e;
    } catch (RuntimeException e) {
      if (results.isEmpty()) {
        throw e;
      }
      // A result that cannot be recorded must not hold up the others.
      LOG.warn(
          "recording failed, results are recorded one by one: work={} count={}",
          work.name(),
          results.size(),
          e);
      results.forEach(this::recordAlone);
      return true;
    }
  }

  private boolean recordAndClaim(List<R> results) {
    long nanos = access.carrier().nanoTime();
    boolean look = results.isEmpty() || looks.isTime(nanos);
    Instant since = looks.since(nanos);
    Found<T> found =
        transactions.call(tx -> {
          if (!results.isEmpty()) {
            work.record(results, tx);
          }
          if (!look) {
            return new Found<>(List.of(), null);
          }
          Instant now = tx.now();
          int room = calls.room();
          List<T> claimed = work.claimDue(access.policy().dueAt(now).since(since), room, tx);
          return new Found<>(claimed, claimed.size() < room ? now : null);
        });
    if (look) {
      looks.looked(since, found.until(), nanos);
    }
    start(found.claimed());
    return results.size() == access.policy().maxCalls() || !found.claimed().isEmpty();
  }

  /**
   * The outcome of a look for due work.
   *
   * @param until nothing that was due by then is left; absent when there was not room for all
   */
  private record Found<T>(List<T> claimed, @Nullable Instant until) {}

  private void recordAlone(R result) {
    try {
      transactions.run(tx -> work.record(List.of(result), tx));
    } catch (RuntimeException e) {
      LOG.error(
          "result is not recorded, the provider is asked again when the lease ends: work={} id={}",
          work.name(),
          work.idOf(result),
          e);
    }
  }

  /** Interrupts the calls under way. The next claimant finds their attempts on record. */
  @Override
  public void close() {
    calls.close();
  }
}
