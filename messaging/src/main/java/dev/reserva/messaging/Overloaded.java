package dev.reserva.messaging;

import java.time.Duration;

/**
 * Thrown instead of queueing beyond a limit: nothing was done, and the caller may try again later.
 * It carries no stack trace: it is thrown thousands of times a second when there is least time.
 */
public class Overloaded extends RuntimeException {

  private final Duration retryAfter;

  public Overloaded(String message, Duration retryAfter) {
    super(message, null, false, false);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
