package dev.reserva.postgres;

/** The embedded database cannot be unpacked, initialised, started or stopped. */
public final class PostgresFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  PostgresFailure(String message) {
    super(message);
  }

  PostgresFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
