package dev.reserva.messaging;

/**
 * Thrown when something that every event needs is down, such as the database or the provider. The
 * subscription as a whole backs off and probes; no event uses up an attempt.
 */
public class DependencyUnavailable extends RuntimeException {

  public DependencyUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
