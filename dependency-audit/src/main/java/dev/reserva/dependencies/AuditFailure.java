package dev.reserva.dependencies;

/** The dependencies cannot be checked; the message says why. */
final class AuditFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  AuditFailure(String message) {
    super(message);
  }
}
