package dev.reserva.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests of a service may be sent again: one for each five requests, and some at the
 * start. Without it, retries would multiply the load on a service that fails because of its load.
 */
final class RetryBudget {

  /** Fifths of a retry. */
  private static final int PRICE = 5;

  /** Enough for all requests under way on one instance that is killed under usual load. */
  static final int MOST_SAVED = 100;

  private final AtomicInteger fifths = new AtomicInteger(MOST_SAVED * PRICE);

  /** Counts a request that is sent for the first time. */
  void earn() {
    fifths.updateAndGet(saved -> Math.min(saved + 1, MOST_SAVED * PRICE));
  }

  /** Whether one may be sent again. */
  boolean spend() {
    return fifths.getAndUpdate(saved -> saved >= PRICE ? saved - PRICE : saved) >= PRICE;
  }
}
