package dev.reserva.messaging;

/**
 * Thrown when the database went away while a transaction was being committed: it may have happened
 * or not. Whoever asked must look, or ask again with the same idempotency key.
 */
public class OutcomeUnknown extends DependencyUnavailable {

  public OutcomeUnknown(String message, Throwable cause) {
    super(message, cause);
  }
}
