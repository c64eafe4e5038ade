package dev.reserva.messaging;

/**
 * Thrown when something that every event needs is down (database, provider): the subscription as a
 * whole slows down and probes, and no event's attempts are used up.
 */
public class DependencyUnavailable extends RuntimeException {

  public DependencyUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
