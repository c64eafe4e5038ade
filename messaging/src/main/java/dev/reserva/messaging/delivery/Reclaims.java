package dev.reserva.messaging.delivery;

import java.util.concurrent.atomic.AtomicInteger;

/** Requests to claim a cursor again, because it was rewound. Any thread makes them. */
final class Reclaims {

  private final AtomicInteger requested = new AtomicInteger();

  /** How many of the requests the last claim has met. */
  private volatile int met;

  void request() {
    requested.incrementAndGet();
  }

  /** Whether a request waits for a new claim. */
  boolean isPending() {
    return met != requested.get();
  }

  /** The requests so far, to be passed to {@link #met} after the claim that follows. */
  int requested() {
    return requested.get();
  }

  void met(int requests) {
    met = requests;
  }
}
