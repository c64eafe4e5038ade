package dev.reserva.sales.adapters.postgres;

import dev.reserva.ServiceDatabase;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.privacy.TestKeys;
import dev.reserva.sales.application.LimitHolds;
import dev.reserva.sales.application.OrderNumbers;
import dev.reserva.sales.domain.HoldLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;

/** A database of its own with the log and the schema of sales, for one test class. */
final class SalesDatabase implements Transactions, AutoCloseable {

  private final ServiceDatabase database = new ServiceDatabase("sales", "platform");
  private final Ids ids = Ids.timeOrdered();
  private final OrderNumbers numbers = new PostgresOrderNumbers();

  EventCatalogue catalogue() {
    return database.catalogue();
  }

  EventLog log() {
    return database.log();
  }

  Ids ids() {
    return ids;
  }

  OrderNumbers numbers() {
    return numbers;
  }

  /** Limits that are as by default. */
  LimitHolds limitHolds() {
    return new LimitHolds(
        new PostgresOrders(),
        new PostgresCustomers(TestKeys.subjectKeys()),
        new LimitHolds.Limits(new HoldLimits(10, 1_000, 10), new HoldLimits(3, 20, 5)));
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    return database.transactions().call(work);
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    return database.transactions().snapshot(work);
  }

  /** Empties the tables of sales. */
  void clear() {
    execute("truncate sales.order, sales.order_line, sales.product, sales.customer");
  }

  void execute(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> rows(String sql) {
    return call(tx -> Statements.of(tx).query(sql, row -> row.getString(1)));
  }

  int deadlocks() {
    return database.deadlocks();
  }

  @Override
  public void close() {
    database.close();
  }
}
