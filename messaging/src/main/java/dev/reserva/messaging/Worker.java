package dev.reserva.messaging;

import java.time.Duration;

/**
 * A loop of a service that no event triggers, such as the one that expires reservations.
 *
 * <p>While the step returns true, it is called again at once; otherwise after the interval, or when
 * {@link Backbone#wake} is called with its name. Several processes may run the same worker: a step
 * claims its work in the database.
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
     * @return whether there may be more to do at once
     */
    boolean run();
  }
}
