package dev.reserva.inventory;

import dev.reserva.inventory.adapters.messaging.OrderEvents;
import dev.reserva.inventory.adapters.postgres.PostgresHoldings;
import dev.reserva.inventory.adapters.postgres.PostgresIntegrity;
import dev.reserva.inventory.adapters.postgres.PostgresLedgerEntries;
import dev.reserva.inventory.adapters.postgres.PostgresLocations;
import dev.reserva.inventory.adapters.postgres.PostgresProducts;
import dev.reserva.inventory.adapters.postgres.PostgresReservations;
import dev.reserva.inventory.adapters.postgres.PostgresReturns;
import dev.reserva.inventory.adapters.postgres.PostgresStocks;
import dev.reserva.inventory.adapters.postgres.PostgresTransfers;
import dev.reserva.inventory.adapters.web.InventoryRoutes;
import dev.reserva.inventory.adapters.web.LedgerController;
import dev.reserva.inventory.adapters.web.LocationController;
import dev.reserva.inventory.adapters.web.ReservationController;
import dev.reserva.inventory.adapters.web.StockController;
import dev.reserva.inventory.adapters.web.StockLevelsController;
import dev.reserva.inventory.adapters.web.StockTraces;
import dev.reserva.inventory.adapters.web.TransferController;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.AllocateStock;
import dev.reserva.inventory.application.Bundles;
import dev.reserva.inventory.application.ExpireReservations;
import dev.reserva.inventory.application.ExtendReservation;
import dev.reserva.inventory.application.FollowOrders;
import dev.reserva.inventory.application.Locations;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.ReadLedger;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.application.ResolveReservation;
import dev.reserva.inventory.application.Returns;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.application.TransferStock;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.LargeBodies;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Wires the inventory service, with {@link CatalogueConfiguration}; nothing else knows its parts.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InventoryProperties.class)
@Import(CatalogueConfiguration.class)
public class InventoryConfiguration {

  /** 100 orders: their rows are locked for milliseconds only. */
  private static final int ALLOCATED_AT_ONCE = 100;

  @Bean
  ServiceSchema inventorySchema() {
    return new ServiceSchema("inventory");
  }

  @Bean
  LargeBodies inventoryBodies() {
    return InventoryRoutes.largeBodies();
  }

  @Bean
  Routes inventoryRoutes() {
    return InventoryRoutes.all();
  }

  @Bean
  Products inventoryProducts() {
    return new PostgresProducts();
  }

  @Bean
  Stocks inventoryStocks() {
    return new PostgresStocks();
  }

  @Bean
  Reservations inventoryReservations() {
    return new PostgresReservations();
  }

  @Bean
  Locations inventoryLocations() {
    return new PostgresLocations();
  }

  @Bean
  Returns inventoryReturns() {
    return new PostgresReturns();
  }

  @Bean
  AdjustStock adjustStock(Reservations reservations, Stocks stocks, Ids ids) {
    return new AdjustStock(reservations, stocks, ids);
  }

  @Bean
  Subscription inventorySubscription(
      Reservations reservations,
      Stocks stocks,
      Returns returns,
      Ids ids,
      InventoryProperties properties) {
    var ttl = TimeToLive.of(properties.reservationTtl());
    return new OrderEvents(
            new FollowOrders(
                reservations,
                stocks,
                returns,
                ids,
                properties.allocation(),
                ttl,
                properties.longestWait()))
        .subscription();
  }

  @Bean
  Worker inventoryAllocation(
      Transactions transactions,
      Reservations reservations,
      Stocks stocks,
      Ids ids,
      InventoryProperties properties) {
    var allocateStock =
        new AllocateStock(reservations, stocks, ids, properties.allocation(), ALLOCATED_AT_ONCE);
    return new Worker(
        "inventory.allocation",
        properties.allocationInterval(),
        () -> allocateStock.run(transactions));
  }

  @Bean
  Worker inventoryExpiry(
      Transactions transactions,
      Reservations reservations,
      Stocks stocks,
      Ids ids,
      InventoryProperties properties) {
    var expireReservations =
        new ExpireReservations(reservations, stocks, ids, properties.expiryBatch());
    return new Worker(
        "inventory.expiry",
        properties.expiryInterval(),
        () -> transactions.call(expireReservations::expire));
  }

  @Bean
  LocationController locationController(
      Commands commands, Transactions transactions, Locations locations, Ids ids) {
    return new LocationController(commands, transactions, locations, ids);
  }

  @Bean
  StockLevelsController stockLevelsController(
      Transactions transactions, Products products, Stocks stocks) {
    return new StockLevelsController(transactions, products, stocks);
  }

  @Bean
  TransferController transferController(
      Commands commands,
      Transactions transactions,
      Locations locations,
      Products products,
      Reservations reservations,
      Stocks stocks,
      Ids ids) {
    var transfers = new PostgresTransfers();
    return new TransferController(
        commands,
        transactions,
        transfers,
        new TransferStock(transfers, locations, reservations, stocks, ids),
        products);
  }

  @Bean
  LedgerController ledgerController(Transactions transactions, Products products) {
    return new LedgerController(
        transactions, new ReadLedger(products, new PostgresLedgerEntries()));
  }

  @Bean
  OrderTraces stockTraces(Transactions transactions) {
    return new StockTraces(new PostgresLedgerEntries(), transactions);
  }

  @Bean
  StockController stockController(
      Commands commands,
      Transactions transactions,
      Products products,
      Stocks stocks,
      Bundles bundles,
      Reservations reservations,
      AdjustStock adjustStock,
      Ids ids,
      InventoryProperties properties) {
    return new StockController(
        commands,
        transactions,
        products,
        stocks,
        adjustStock,
        new ReserveStock(reservations, stocks, bundles, ids, properties.allocation()),
        TimeToLive.of(properties.reservationTtl()));
  }

  @Bean
  ReservationController reservationController(
      Commands commands,
      Transactions transactions,
      Reservations reservations,
      Stocks stocks,
      Ids ids,
      InventoryProperties properties) {
    return new ReservationController(
        commands,
        transactions,
        reservations,
        new ResolveReservation(reservations, stocks, ids),
        new ExtendReservation(reservations),
        TimeToLive.of(properties.reservationTtl()));
  }

  @Bean
  IntegrityCheck stockEqualsLedger() {
    return PostgresIntegrity.stockEqualsLedger();
  }

  @Bean
  IntegrityCheck reservedEqualsOpenReservations() {
    return PostgresIntegrity.reservedEqualsOpenReservations();
  }

  @Bean
  IntegrityCheck reservedWithinStock() {
    return PostgresIntegrity.reservedWithinStock();
  }

  @Bean
  IntegrityCheck goodsLeaveWhereTheyAreHeld() {
    return PostgresIntegrity.goodsLeaveWhereTheyAreHeld();
  }

  @Bean
  IntegrityCheck awaitedEqualsWaitingOrders() {
    return PostgresIntegrity.awaitedEqualsWaitingOrders();
  }

  @Bean
  IntegrityCheck transfersBalance() {
    return PostgresIntegrity.transfersBalance();
  }

  @Bean
  IntegrityCheck reservationsEndOnce() {
    return PostgresIntegrity.reservationsEndOnce();
  }

  @Bean
  OrderClaims.Held inventoryHoldings() {
    return new PostgresHoldings();
  }
}
