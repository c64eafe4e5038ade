package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.BrokerStatus;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problems;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets a request that names something unknown wait until sales has caught up: a product or customer
 * may have been created a moment ago. If sales does not catch up in time, nobody can tell whether
 * it exists, and the request is answered 503.
 *
 * <p>Where a broker joins databases, the event that announces it may be in another one. So the
 * request is tried again until the limit, and answered 503 then if the broker does not answer or
 * has more for this database.
 *
 * @param subscription by which sales learns of products and customers
 * @param limit how long to wait at most
 */
public record CatchUp(Backbone backbone, String subscription, Duration limit) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** Carries a request out, and once more after catching up if its refusal may pass. */
  <T> T retry(Supplier<T> request) {
    try {
      return request.get();
    } catch (Problem refusal) {
      if (!refusal.mayPass()) {
        throw refusal;
      }
      return backbone.broker().isPresent()
          ? againUntilTheLimit(request)
          : again(request, backbone.awaitCaughtUp(subscription, limit));
    }
  }

  private <T> T againUntilTheLimit(Supplier<T> request) {
    long until = System.nanoTime() + limit.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(until - System.nanoTime());
      if (!left.isPositive()) {
        return again(request, isImported());
      }
      if (!backbone.awaitCaughtUp(subscription, left)) {
        return again(request, false);
      }
      try {
        return request.get();
      } catch (Problem refusal) {
        if (!refusal.mayPass() || !pause()) {
          throw refusal;
        }
      }
    }
  }

  /** Whether all that the broker has for this database is in its log, as far as is known. */
  private boolean isImported() {
    return backbone.broker().filter(BrokerStatus::answers).isPresent()
        && backbone.intakes().stream().allMatch(intake -> intake.lag().orElse(0) == 0);
  }

  /** Whether nobody has interrupted it. */
  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static <T> T again(Supplier<T> request, boolean caughtUp) {
    try {
      return request.get();
    } catch (Problem refusal) {
      throw refusal.mayPass() && !caughtUp
          ? Problems.catchingUp("a product or the customer")
          : refusal;
    }
  }
}
