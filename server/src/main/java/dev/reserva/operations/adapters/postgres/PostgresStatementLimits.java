package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.StatementLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** PostgreSQL's own time-out of a statement, for one transaction. */
public final class PostgresStatementLimits implements StatementLimits {

  /** PostgreSQL is to be faster with its own limit than the driver with its. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final String LIMIT = "select set_config('statement_timeout', ?, true)";

  @Override
  public void limit(UnitOfWork tx, Duration most) {
    Connection connection = tx.resource(Connection.class);
    try {
      // The driver would give a connection up that is silent for so long; the pool puts that back.
      connection.setNetworkTimeout(Runnable::run, (int) most.plus(GRACE).toMillis());
    } catch (SQLException e) {
      throw new IllegalStateException("the connection takes no time limit", e);
    }
    JdbcClient.create(new SingleConnectionDataSource(connection, true))
        .sql(LIMIT)
        .param(Long.toString(most.toMillis()))
        .query(String.class)
        .single();
  }
}
