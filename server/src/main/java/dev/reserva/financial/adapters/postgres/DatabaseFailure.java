package dev.reserva.financial.adapters.postgres;

import java.sql.SQLException;

/** A statement failed: a bug, or a database in trouble; the transaction decides which. */
final class DatabaseFailure extends RuntimeException {
  DatabaseFailure(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
