package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.LedgerEntries.Numbered;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Place;
import dev.reserva.inventory.domain.ProductStock;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stock levels and their ledger. */
public final class MemoryStocks implements Stocks {

  public static MemoryTable<UUID, ProductStock> table(MemoryDatabase database) {
    return database.table("inventory.stock");
  }

  /** What happened, numbered from 0 in its order. */
  public static MemoryTable<Long, Numbered> ledger(MemoryDatabase database) {
    return database.table("inventory.ledger");
  }

  static MemoryTable<UUID, ProductStock> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public void open(Map<LocationCode, Set<UUID>> shelves, UnitOfWork tx) {
    shelves.forEach((location, products) -> {
      if (MemoryLocations.find(location, tx).isPresent()) {
        products.forEach(product -> open(product, location, tx));
      }
    });
  }

  private static void open(UUID productId, LocationCode location, UnitOfWork tx) {
    rows(tx)
        .get(productId)
        .filter(stock -> stock.at(location).isEmpty())
        .ifPresent(stock -> {
          Place place = MemoryLocations.place(location, tx);
          rows(tx).put(productId, stock.and(new StockLevel(productId, place, 0, 0, 0)));
        });
  }

  @Override
  public List<ProductStock> lock(
      Collection<UUID> productIds, Collection<UUID> orderIds, UnitOfWork tx) {
    Set<UUID> products = new TreeSet<>(productIds);
    for (UUID orderId : orderIds) {
      MemoryReservations.rows(tx).get(orderId).stream()
          .flatMap(reservation -> reservation.products().stream())
          .forEach(products::add);
    }
    List<ProductStock> found = new ArrayList<>(products.size());
    for (UUID id : products) {
      find(id, tx).ifPresent(found::add);
    }
    return found;
  }

  /** The stock of a product, with its locations as they are now. */
  static Optional<ProductStock> find(UUID productId, UnitOfWork tx) {
    return rows(tx)
        .get(productId)
        .map(stock ->
            new ProductStock(
                stock.productId(),
                stock.sku(),
                stock.minStock(),
                stock.active(),
                stock.backorder(),
                stock.levels().stream()
                    .map(level ->
                        new StockLevel(
                            level.productId(),
                            MemoryLocations.place(level.location(), tx),
                            level.safetyStock(),
                            level.physical(),
                            level.reserved(),
                            level.awaited()))
                    .toList()));
  }

  @Override
  public List<StockLevel> of(UUID productId, UnitOfWork tx) {
    return find(productId, tx).map(ProductStock::levels).orElse(List.of());
  }

  @Override
  public void save(List<StockLevel> levels, List<LedgerEntry> entries, Instant at, UnitOfWork tx) {
    for (StockLevel level : levels) {
      ProductStock stock = rows(tx).get(level.productId()).orElseThrow();
      List<StockLevel> changed =
          stock.levels().stream()
              .map(it -> it.location().equals(level.location()) ? level : it)
              .toList();
      rows(tx)
          .put(
              level.productId(),
              new ProductStock(
                  stock.productId(),
                  stock.sku(),
                  stock.minStock(),
                  stock.active(),
                  stock.backorder(),
                  changed));
    }
    MemoryTable<Long, Numbered> ledger = ledger(tx.resource(MemoryDatabase.class));
    for (LedgerEntry entry : entries) {
      long number = ledger.size();
      ledger.put(number, new Numbered(number, at, entry));
    }
  }

  @Override
  public Optional<UUID> nextToAllocate(@Nullable UUID after, UnitOfWork tx) {
    return rows(tx).values().stream()
        .map(ProductStock::productId)
        .filter(id -> after == null || id.compareTo(after) > 0)
        .map(id -> find(id, tx).orElseThrow())
        .filter(stock -> stock.awaited() > 0 && stock.availableToWaiting() > 0)
        .filter(stock -> !stock.backorder().isBeforeRelease(tx.now()))
        .map(ProductStock::productId)
        .min(Comparator.naturalOrder());
  }

  @Override
  public Stats stats(UnitOfWork tx) {
    List<StockedProduct> all =
        MemoryProducts.rows(tx).values().stream()
            .map(product -> MemoryProducts.stocked(product, tx))
            .toList();
    return new Stats(
        all.size(),
        all.stream().mapToLong(StockedProduct::stock).sum(),
        all.stream().mapToLong(StockedProduct::reserved).sum(),
        all.stream()
            .filter(it -> it.product().bundle().isNone())
            .mapToLong(StockedProduct::available)
            .sum(),
        all.stream().mapToLong(StockedProduct::awaited).sum(),
        all.stream().filter(MemoryProducts::isLow).count(),
        all.stream()
            .filter(it ->
                it.product().active() && it.product().bundle().isNone() && it.available() == 0)
            .count(),
        MemoryReservations.rows(tx).values().stream().filter(Reservation::isOpen).count());
  }
}
