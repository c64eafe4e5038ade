package dev.reserva.messaging;

import java.time.Duration;

/**
 * A loop of a service that no event drives: the sweeper of expired reservations, the one that asks
 * the payment provider.
 *
 * <p>The step is called again at once while it says that there is more to do, else after the
 * interval or when woken by {@code Backbone.wake(name)}. Several processes may run the same worker:
 * a step claims its work in the database.
 *
 * @param name service and purpose, such as {@code inventory.expiry}; shown in {@code GET
 *     /api/stats}
 * @param interval pause between steps that found nothing
 * @param step see {@link Step}
 */
public record Worker(String name, Duration interval, Step step) {

  public Worker {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval must be at least 1 ms, was " + interval);
    }
  }

  /** One bounded piece of work. */
  @FunctionalInterface
  public interface Step {

    /**
     * @return whether there may be more to do right away
     */
    boolean run();
  }
}
