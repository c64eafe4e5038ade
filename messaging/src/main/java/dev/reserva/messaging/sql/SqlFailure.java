package dev.reserva.messaging.sql;

import java.sql.SQLException;

/**
 * A statement that failed. Its SQL state decides, where the transaction ends, what happens next.
 */
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
