package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.ProductStock;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stock levels and the ledger that explains them. */
public interface Stocks {

  /**
   * Creates the rows of stock levels that are missing: a location that never held a product has
   * none, and {@link #lock} finds only rows that exist. Locations and products that do not exist
   * are left out.
   *
   * @param shelves products by location
   */
  void open(Map<LocationCode, Set<UUID>> shelves, UnitOfWork tx);

  /**
   * The stock of these products, and of all that are reserved for these orders, at every location,
   * locked in the order of products and locations until the transaction ends. Products that do not
   * exist are left out.
   *
   * @param orderIds orders whose reservations are locked
   */
  List<ProductStock> lock(Collection<UUID> productIds, Collection<UUID> orderIds, UnitOfWork tx);

  /** Writes back locked levels, and what happened to them in order. */
  void save(List<StockLevel> levels, List<LedgerEntry> ledger, Instant at, UnitOfWork tx);

  /**
   * A product that orders wait for and that has stock available to them.
   *
   * @param after the product to continue after, in the order of their ids; absent to begin
   * @return empty if there is none after it
   */
  Optional<UUID> nextToAllocate(@Nullable UUID after, UnitOfWork tx);

  /** The stock of a product at each location that has a row for it, by priority. */
  List<StockLevel> of(UUID productId, UnitOfWork tx);

  /** Sums over all locations. */
  Stats stats(UnitOfWork tx);

  /**
   * @param products all of the catalogue, discontinued ones too
   * @param available what new orders can reserve
   * @param awaited units that orders wait for
   * @param lowStock active products at or below their minimum, depleted ones among them
   * @param depleted active products with nothing available
   */
  record Stats(
      long products,
      long stock,
      long reserved,
      long available,
      long awaited,
      long lowStock,
      long depleted,
      long activeReservations) {}
}
