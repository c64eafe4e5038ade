package dev.reserva.inventory.adapters.postgres;

import dev.reserva.ServiceDatabase;
import dev.reserva.inventory.application.Backend;
import dev.reserva.inventory.application.Bundles;
import dev.reserva.inventory.application.LedgerEntries;
import dev.reserva.inventory.application.Locations;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.application.Returns;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.application.Transfers;
import dev.reserva.messaging.Transactions;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database of its own with the tables of inventory and the backbone. */
record InventoryDatabase(ServiceDatabase database) implements Backend {

  static InventoryDatabase fresh() {
    return fresh(UnaryOperator.identity());
  }

  /**
   * @param watched wraps what transactions get their connections from
   */
  static InventoryDatabase fresh(UnaryOperator<DataSource> watched) {
    return new InventoryDatabase(new ServiceDatabase(watched, "inventory"));
  }

  /** For looking behind the adapters. */
  JdbcTemplate sql() {
    return new JdbcTemplate(database.dataSource());
  }

  @Override
  public Transactions transactions() {
    return database.transactions();
  }

  @Override
  public Products products() {
    return new PostgresProducts();
  }

  @Override
  public Bundles bundles() {
    return new PostgresBundles();
  }

  @Override
  public Stocks stocks() {
    return new PostgresStocks();
  }

  @Override
  public Locations locations() {
    return new PostgresLocations();
  }

  @Override
  public Transfers transfers() {
    return new PostgresTransfers();
  }

  @Override
  public LedgerEntries ledgerEntries() {
    return new PostgresLedgerEntries();
  }

  @Override
  public Reservations reservations() {
    return new PostgresReservations();
  }

  @Override
  public Returns returns() {
    return new PostgresReturns();
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
