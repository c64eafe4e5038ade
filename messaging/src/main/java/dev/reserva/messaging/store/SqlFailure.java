package dev.reserva.messaging.store;

import java.sql.SQLException;

/** A failed statement. {@link PostgresTransactions} sorts out what its SQL state means. */
public final class SqlFailure extends RuntimeException {

  public SqlFailure(SQLException cause) {
    super(cause);
  }
}
