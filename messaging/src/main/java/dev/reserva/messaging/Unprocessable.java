package dev.reserva.messaging;

/**
 * Thrown by a handler that will never be able to handle this event: it becomes a dead letter at
 * once.
 */
public class Unprocessable extends RuntimeException {

  public Unprocessable(String message) {
    super(message);
  }

  public Unprocessable(String message, Throwable cause) {
    super(message, cause);
  }
}
