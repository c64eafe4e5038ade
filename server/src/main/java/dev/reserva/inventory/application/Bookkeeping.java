package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.ProductStock;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.StockBook;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.NewIds;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link StockBook} of a transaction. All use cases of the transaction share it, so each
 * row is read once and written once.
 *
 * <p>It defines the order of locks for all use cases: reservations by order, then stock levels by
 * product. The clock is read after both. New reservations are written first, so that a race for the
 * same order is detected before anything else is written.
 */
final class Bookkeeping {

  private final Reservations reservations;
  private final Stocks stocks;
  private final Ids ids;

  Bookkeeping(Reservations reservations, Stocks stocks, Ids ids) {
    this.reservations = reservations;
    this.stocks = stocks;
    this.ids = ids;
  }

  /** The book, with the reservations of these orders and the levels of these products. */
  OpenBook forOrders(Collection<UUID> orderIds, Collection<UUID> productIds, UnitOfWork tx) {
    OpenBook open = of(tx);
    Set<UUID> unknown = new HashSet<>(orderIds);
    unknown.removeAll(open.orders);
    open.include(unknown, productIds, tx);
    return open;
  }

  /** The book, with reservations that are locked already. */
  OpenBook forReservations(List<Reservation> locked, UnitOfWork tx) {
    OpenBook open = of(tx);
    List<Reservation> unknown =
        locked.stream().filter(found -> !open.orders.contains(found.orderId())).toList();
    open.includeLocked(unknown, tx);
    return open;
  }

  /**
   * Creates the missing rows of stock levels at locations other than the default one. Call it
   * before the products are locked.
   */
  void open(Map<LocationCode, Set<UUID>> shelves, UnitOfWork tx) {
    Map<LocationCode, Set<UUID>> others = new TreeMap<>(shelves);
    others.remove(LocationCode.MAIN); // a product has its row there from the start
    if (!others.isEmpty()) {
      stocks.open(others, tx);
      OpenBook open = of(tx);
      others.values().forEach(open::forget);
    }
  }

  /** The book, with the levels of these products. */
  OpenBook forProducts(Set<UUID> productIds, UnitOfWork tx) {
    OpenBook open = of(tx);
    open.include(Set.of(), productIds, tx);
    return open;
  }

  private OpenBook of(UnitOfWork tx) {
    return tx.session(OpenBook.class, () -> new OpenBook(tx));
  }

  private static List<UUID> products(Reservation reservation) {
    return List.copyOf(reservation.products());
  }

  /**
   * A transaction's book. It is written when the transaction ends, or before a read of its rows.
   */
  final class OpenBook implements UnitOfWork.Session {

    private final UnitOfWork tx;
    private final StockBook book = new StockBook(List.of(), List.of(), ids::next);

    /** Orders that are locked, with or without a reservation. */
    private final Set<UUID> orders = new HashSet<>();

    private final Set<UUID> products = new HashSet<>();
    private @Nullable Instant now;

    private OpenBook(UnitOfWork tx) {
      this.tx = tx;
    }

    StockBook book() {
      return book;
    }

    /** The time by which expiries are judged. It is read after the rows were locked. */
    Instant now() {
      Instant read = now;
      if (read == null) {
        read = tx.now();
        now = read;
      }
      return read;
    }

    /**
     * Locks and includes rows in one round trip. The levels of reserved products are found by their
     * orders, because the products of a reservation never change.
     *
     * @param unknown orders that are not in the book
     * @param wanted products that may be in the book
     */
    private void include(Collection<UUID> unknown, Collection<UUID> wanted, UnitOfWork within) {
      Set<UUID> lacking = new HashSet<>(wanted);
      lacking.removeAll(products);
      if (unknown.isEmpty() && lacking.isEmpty()) {
        return;
      }
      List<UUID> onRecord = NewIds.toLookUp(unknown, OpenBook.class, within);
      Supplier<List<Reservation>> locked =
          onRecord.isEmpty() ? List::of : reservations.lockByOrder(onRecord, within);
      include(stocks.lock(lacking, onRecord, within), locked.get());
      orders.addAll(unknown);
      products.addAll(lacking);
    }

    /** Reads the stock of these products again, after it is written. */
    private void forget(Set<UUID> reopened) {
      if (products.stream().anyMatch(reopened::contains)) {
        flush();
        products.removeAll(reopened);
      }
    }

    private void includeLocked(List<Reservation> locked, UnitOfWork within) {
      Set<UUID> lacking = new HashSet<>();
      locked.forEach(reservation -> lacking.addAll(products(reservation)));
      lacking.removeAll(products);
      include(lacking.isEmpty() ? List.of() : stocks.lock(lacking, Set.of(), within), locked);
      products.addAll(lacking);
    }

    private void include(List<ProductStock> stock, List<Reservation> locked) {
      // Stock in the book may differ from its rows, which are not written yet.
      book.include(
          stock.stream().filter(product -> !products.contains(product.productId())).toList(),
          locked);
      locked.forEach(reservation -> {
        orders.add(reservation.orderId());
        products.addAll(products(reservation));
      });
      now = null; // the clock is read again after these locks
      now();
    }

    @Override
    public void flush() {
      StockBook.Changes changes = book.changes();
      if (!changes.opened().isEmpty()) {
        reservations.add(changes.opened(), tx);
      }
      if (!changes.moved().isEmpty()) {
        reservations.replace(changes.moved(), tx);
      }
      if (!changes.rewritten().isEmpty()) {
        reservations.rewrite(changes.rewritten(), tx);
      }
      if (!changes.levels().isEmpty() || !changes.ledger().isEmpty()) {
        stocks.save(changes.levels(), changes.ledger(), now(), tx);
      }
      book.written();
    }
  }
}
