package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.Backbone;
import dev.reserva.platform.web.Problem;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets a request that names something unknown wait until sales has caught up: a product or customer
 * may have been made a moment ago.
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
      backbone.awaitCaughtUp(subscription, limit);
      return request.get();
    }
  }
}
