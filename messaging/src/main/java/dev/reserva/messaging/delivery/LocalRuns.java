package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Failpoint;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs a transaction with local delivery. If local delivery fails, the transaction runs again with
 * less of it; at most three runs: with all subscriptions, without the one whose handler failed,
 * without any.
 */
public final class LocalRuns {

  private LocalRuns() {}

  /**
   * @param once one run of the transaction; it rolls back when it throws
   */
  public static <R> R run(LocalDelivery local, Function<LocalAttempt, R> once) {
    Set<String> without = Set.of();
    while (true) {
      LocalAttempt attempt = local.attempt(without);
      try (attempt) {
        return once.apply(attempt);
      } catch (LocalAttempt.Refused e) {
        local.countRefused();
        return withoutLocalDelivery(local, once);
      } catch (LocalAttempt.Failed e) {
        local.countFailed();
        Failpoint.AFTER_LOCAL_FAILURE_BEFORE_RERUN.hit();
        Optional<String> subscription = e.subscription();
        if (subscription.isEmpty()) {
          R result = withoutLocalDelivery(local, once);
          attempt.openBreakers(e); // the transaction succeeds without them
          return result;
        }
        if (!without.isEmpty()) {
          return withoutLocalDelivery(local, once);
        }
        without = Set.of(subscription.get());
      }
    }
  }

  private static <R> R withoutLocalDelivery(LocalDelivery local, Function<LocalAttempt, R> once) {
    try (LocalAttempt attempt = local.attemptOfNone()) {
      return once.apply(attempt);
    }
  }
}
