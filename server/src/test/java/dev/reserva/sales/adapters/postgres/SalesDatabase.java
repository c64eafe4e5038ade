package dev.reserva.sales.adapters.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.store.PostgresEventLog;
import dev.reserva.messaging.store.PostgresTransactions;
import dev.reserva.platform.events.TestCatalogue;
import dev.reserva.postgres.TestPostgres;
import dev.reserva.sales.application.OrderNumbers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.flywaydb.core.Flyway;

/** A database of its own with the log and the schema of sales, for one test class. */
final class SalesDatabase implements Transactions, AutoCloseable {

  private final HikariDataSource dataSource = TestPostgres.freshDatabase();
  private final EventCatalogue catalogue = TestCatalogue.create();
  private final Ids ids = Ids.timeOrdered();
  private final OrderNumbers numbers = new PostgresOrderNumbers();
  private final Transactions transactions;

  SalesDatabase() {
    for (String schema : List.of("messaging", "sales")) {
      Flyway.configure()
          .dataSource(dataSource)
          .schemas(schema)
          .defaultSchema(schema)
          .locations("classpath:db/" + schema)
          .load()
          .migrate();
    }
    LocalDelivery local = new LocalDelivery(System::nanoTime);
    transactions =
        new PostgresTransactions(
            dataSource,
            catalogue,
            ids,
            Clock.systemUTC(),
            new LogTail(dataSource, catalogue, local),
            local,
            new RateMeter(System::nanoTime));
  }

  EventCatalogue catalogue() {
    return catalogue;
  }

  EventLog log() {
    return new PostgresEventLog(dataSource);
  }

  Ids ids() {
    return ids;
  }

  OrderNumbers numbers() {
    return numbers;
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    return transactions.call(work);
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    return transactions.snapshot(work);
  }

  /** Empties the tables of sales. */
  void clear() {
    execute("truncate sales.order, sales.order_line, sales.product, sales.customer");
  }

  void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> rows(String sql) {
    return transactions.call(tx -> Statements.of(tx).query(sql, row -> row.getString(1)));
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
