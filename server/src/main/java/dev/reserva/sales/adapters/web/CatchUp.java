package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.Backbone;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problems;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets a request that names something unknown wait until sales has caught up: a product or customer
 * may have been created a moment ago. If sales does not catch up in time, nobody can tell whether
 * it exists, and the request is answered 503.
 *
 * @param subscription by which sales learns of products and customers
 * @param limit how long to wait at most
 */
public record CatchUp(Backbone backbone, String subscription, Duration limit) {

  /** Carries a request out, and once more after catching up if its refusal may pass. */
  <T> T retry(Supplier<T> request) {
    try {
      return request.get();
    } catch (Problem refusal) {
      if (!refusal.mayPass()) {
        throw refusal;
      }
      boolean caughtUp = backbone.awaitCaughtUp(subscription, limit);
      return again(request, caughtUp);
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
