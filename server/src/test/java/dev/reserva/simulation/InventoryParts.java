package dev.reserva.simulation;

import dev.reserva.inventory.adapters.memory.MemoryBundles;
import dev.reserva.inventory.adapters.memory.MemoryLocations;
import dev.reserva.inventory.adapters.memory.MemoryProducts;
import dev.reserva.inventory.adapters.memory.MemoryReservations;
import dev.reserva.inventory.adapters.memory.MemoryReturns;
import dev.reserva.inventory.adapters.memory.MemoryStocks;
import dev.reserva.inventory.adapters.memory.MemoryTransfers;
import dev.reserva.inventory.adapters.messaging.OrderEvents;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.AllocateStock;
import dev.reserva.inventory.application.ChangeLocation;
import dev.reserva.inventory.application.ChangeProduct;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.ExpireReservations;
import dev.reserva.inventory.application.ExtendReservation;
import dev.reserva.inventory.application.FollowOrders;
import dev.reserva.inventory.application.OpenLocation;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.application.ResolveReservation;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.application.TransferStock;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import java.time.Duration;

/** Inventory in one process, wired as {@code InventoryConfiguration} does it. */
final class InventoryParts {

  static final TimeToLive TTL = TimeToLive.of(Duration.ofMinutes(15));

  /** Shorter than the time to live, so that no order waits past the end of a schedule. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  final CreateProduct createProduct;
  final ChangeProduct changeProduct;
  final AdjustStock adjustStock;
  final ReserveStock reserveStock;
  final ResolveReservation resolveReservation;
  final ExtendReservation extendReservation;
  final OpenLocation openLocation;
  final ChangeLocation changeLocation;
  final TransferStock transferStock;
  final Subscription subscription;
  final Worker expiry;
  final Worker allocation;

  InventoryParts(World world, Transactions transactions) {
    var catalogue = new MemoryProducts();
    Stocks stocks = PlantedBug.in(new MemoryStocks(), world.bug);
    Reservations reservations = PlantedBug.in(new MemoryReservations(), world.bug);
    this.adjustStock = new AdjustStock(reservations, stocks, world.ids);
    var locations = new MemoryLocations();
    var bundles = new MemoryBundles();
    this.createProduct = new CreateProduct(catalogue, locations, bundles, adjustStock, world.ids);
    this.openLocation = new OpenLocation(locations);
    this.changeLocation = new ChangeLocation(locations);
    this.transferStock =
        new TransferStock(new MemoryTransfers(), locations, reservations, stocks, world.ids);
    this.changeProduct = new ChangeProduct(catalogue, bundles);
    this.reserveStock = new ReserveStock(reservations, stocks, bundles, world.ids, world.strategy);
    this.resolveReservation = new ResolveReservation(reservations, stocks, world.ids);
    this.extendReservation = new ExtendReservation(reservations);
    this.subscription =
        new OrderEvents(
                new FollowOrders(
                    reservations,
                    stocks,
                    new MemoryReturns(),
                    world.ids,
                    world.strategy,
                    TTL,
                    LONGEST_WAIT))
            .subscription();
    var expireReservations =
        new ExpireReservations(reservations, stocks, world.ids, world.expiryBatch);
    this.expiry =
        new Worker(
            "inventory.expiry", INTERVAL, () -> transactions.call(expireReservations::expire));
    var allocateStock =
        new AllocateStock(reservations, stocks, world.ids, world.strategy, world.expiryBatch);
    this.allocation =
        new Worker("inventory.allocation", INTERVAL, () -> allocateStock.run(transactions));
  }
}
