package dev.reserva.messaging;

import java.time.Duration;

/**
 * Thrown instead of queueing beyond a limit: nothing was done, and the caller may try again later.
 */
public class Overloaded extends RuntimeException {

  private final Duration retryAfter;

  public Overloaded(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
