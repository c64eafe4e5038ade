package dev.reserva.messaging;

/**
 * Thrown when the connection to the database is lost during a commit, or that to another process
 * during a command. The change may have been made or not. The caller must look, or repeat the
 * request with the same idempotency key.
 */
public class OutcomeUnknown extends DependencyUnavailable {

  public OutcomeUnknown(String message, Throwable cause) {
    super(message, cause);
  }
}
