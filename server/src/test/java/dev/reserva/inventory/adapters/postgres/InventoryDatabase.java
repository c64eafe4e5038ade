package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.Backend;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.store.PostgresTransactions;
import dev.reserva.platform.events.TestCatalogue;
import dev.reserva.postgres.TestPostgres;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database of its own with the tables of inventory and the backbone. */
final class InventoryDatabase implements Backend {

  private final DataSource dataSource;
  private final Transactions transactions;

  private InventoryDatabase(DataSource dataSource, Transactions transactions) {
    this.dataSource = dataSource;
    this.transactions = transactions;
  }

  static InventoryDatabase fresh() {
    return fresh(it -> it);
  }

  /**
   * @param watched wraps what transactions get their connections from
   */
  static InventoryDatabase fresh(UnaryOperator<DataSource> watched) {
    DataSource dataSource = TestPostgres.freshDatabase();
    migrate(dataSource, "messaging");
    migrate(dataSource, "inventory");
    EventCatalogue catalogue = TestCatalogue.create();
    LocalDelivery local = new LocalDelivery(System::nanoTime);
    var transactions =
        new PostgresTransactions(
            watched.apply(dataSource),
            catalogue,
            Ids.timeOrdered(),
            Clock.systemUTC(),
            new LogTail(dataSource, catalogue, local),
            local,
            new RateMeter(System::nanoTime));
    return new InventoryDatabase(dataSource, transactions);
  }

  private static void migrate(DataSource dataSource, String schema) {
    Flyway.configure()
        .dataSource(dataSource)
        .schemas(schema)
        .defaultSchema(schema)
        .locations("classpath:db/" + schema)
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }

  /** For looking behind the adapters. */
  JdbcTemplate sql() {
    return new JdbcTemplate(dataSource);
  }

  @Override
  public Transactions transactions() {
    return transactions;
  }

  @Override
  public Products products() {
    return new PostgresProducts();
  }

  @Override
  public Stocks stocks() {
    return new PostgresStocks();
  }

  @Override
  public Reservations reservations() {
    return new PostgresReservations();
  }

  @Override
  public void expireAt(UUID orderId, Instant expiresAt) {
    sql()
        .update(
            "update inventory.reservation set expires_at = ? where order_id = ?",
            Timestamp.from(expiresAt),
            orderId);
  }
}
