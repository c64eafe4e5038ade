package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.LedgerEntries.Numbered;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Stock levels and their ledger. */
public final class MemoryStocks implements Stocks {

  public static MemoryTable<UUID, StockLevel> table(MemoryDatabase database) {
    return database.table("inventory.stock");
  }

  /** What happened, numbered from 0 in its order. */
  public static MemoryTable<Long, Numbered> ledger(MemoryDatabase database) {
    return database.table("inventory.ledger");
  }

  static MemoryTable<UUID, StockLevel> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public List<StockLevel> lock(
      Collection<UUID> productIds, Collection<UUID> orderIds, UnitOfWork tx) {
    Set<UUID> products = new TreeSet<>(productIds);
    for (UUID orderId : orderIds) {
      MemoryReservations.rows(tx).get(orderId).stream()
          .flatMap(reservation -> reservation.lines().stream())
          .forEach(line -> products.add(line.productId()));
    }
    List<StockLevel> found = new ArrayList<>(products.size());
    for (UUID id : products) {
      rows(tx).get(id).ifPresent(found::add);
    }
    return found;
  }

  @Override
  public void save(List<StockLevel> levels, List<LedgerEntry> entries, Instant at, UnitOfWork tx) {
    levels.forEach(level -> rows(tx).put(level.productId(), level));
    MemoryTable<Long, Numbered> ledger = ledger(tx.resource(MemoryDatabase.class));
    for (LedgerEntry entry : entries) {
      long number = ledger.size();
      ledger.put(number, new Numbered(number, at, entry));
    }
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
        all.stream().filter(MemoryProducts::isLow).count(),
        all.stream().filter(it -> it.product().active() && it.available() == 0).count(),
        MemoryReservations.rows(tx).values().stream().filter(Reservation::isOpen).count());
  }
}
