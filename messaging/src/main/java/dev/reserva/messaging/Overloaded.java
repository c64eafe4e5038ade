package dev.reserva.messaging;

import java.time.Duration;

/**
 * Thrown instead of queueing beyond a limit. Nothing was done, and the caller may try again later.
 * It carries no stack trace, because overload throws it thousands of times a second.
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
