package dev.reserva.messaging.sql;

import java.sql.SQLException;

/** A failed statement. What its SQL state means is sorted out where the transaction ends. */
public final class SqlFailure extends RuntimeException {

  public SqlFailure(SQLException cause) {
    super(cause);
  }

  /**
   * @param sqlState five characters, such as 23505 for a violated unique constraint
   */
  public boolean is(String sqlState) {
    return getCause() instanceof SQLException cause && sqlState.equals(cause.getSQLState());
  }
}
