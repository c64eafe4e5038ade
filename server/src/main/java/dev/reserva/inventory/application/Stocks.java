package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Stock levels and the ledger that explains them. */
public interface Stocks {

  /**
   * The levels of these products, and of all that are reserved for these orders, locked in product
   * order until the transaction ends. Products that there are not are left out.
   *
   * @param orderIds orders whose reservations are locked
   */
  List<StockLevel> lock(Collection<UUID> productIds, Collection<UUID> orderIds, UnitOfWork tx);

  /** Writes back locked levels, and what happened to them in order. */
  void save(List<StockLevel> levels, List<LedgerEntry> ledger, Instant at, UnitOfWork tx);

  /** Sums over the whole warehouse. */
  Stats stats(UnitOfWork tx);

  /**
   * @param products all of the catalogue, discontinued ones too
   * @param lowStock active products at or below their minimum, depleted ones among them
   * @param depleted active products with nothing available
   */
  record Stats(
      long products,
      long stock,
      long reserved,
      long lowStock,
      long depleted,
      long activeReservations) {
    public long available() {
      return stock - reserved;
    }
  }
}
