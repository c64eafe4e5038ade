package dev.reserva.messaging;

/**
 * Thrown by a handler that can never handle this event. The event becomes a dead letter at once.
 */
public class Unprocessable extends RuntimeException {

  public Unprocessable(String message) {
    super(message);
  }

  public Unprocessable(String message, Throwable cause) {
    super(message, cause);
  }
}
