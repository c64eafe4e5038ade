package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.operations.application.StatementLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Sets PostgreSQL's {@code statement_timeout} for one transaction. */
public final class PostgresStatementLimits implements StatementLimits {

  /** Added to the driver's time-out, so that PostgreSQL's expires first. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final String SET_TIMEOUT = "select set_config('statement_timeout', ?, true)";

  @Override
  public void limit(UnitOfWork tx, Duration most) {
    Connection connection = tx.resource(Connection.class);
    try {
      // Otherwise the driver gives up the silent connection. The pool resets this time-out.
      connection.setNetworkTimeout(Runnable::run, (int) most.plus(MARGIN).toMillis());
    } catch (SQLException e) {
      throw new IllegalStateException("the connection does not accept a time-out", e);
    }
    Statements.of(tx).query(SET_TIMEOUT, row -> true, Long.toString(most.toMillis()));
  }
}
