package dev.reserva.operations.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.StatementLimits;
import java.sql.Connection;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** PostgreSQL's own time-out of a statement, for one transaction. */
public final class PostgresStatementLimits implements StatementLimits {

  private static final String LIMIT = "select set_config('statement_timeout', ?, true)";

  @Override
  public void limit(UnitOfWork tx, Duration most) {
    JdbcClient.create(new SingleConnectionDataSource(tx.resource(Connection.class), true))
        .sql(LIMIT)
        .param(Long.toString(most.toMillis()))
        .query(String.class)
        .single();
  }
}
