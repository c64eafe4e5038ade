package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.StockBook;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.NewIds;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the book of stock of a transaction: one for all that the transaction does, so that each row
 * is read once and written once. The one order of locks for all use cases.
 *
 * <p>Reservations are locked by order, then stock levels by product, then the clock is read.
 * Written are new reservations first, so that a race for one order is noticed before anything else
 * is.
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

  /** The book with what is known of these orders. */
  OpenBook forOrders(Collection<UUID> orderIds, Collection<UUID> productIds, UnitOfWork tx) {
    OpenBook open = of(tx);
    Set<UUID> unknown = new HashSet<>(orderIds);
    unknown.removeAll(open.orders);
    open.include(unknown, productIds, tx);
    return open;
  }

  /** The book with reservations that are locked already. */
  OpenBook forReservations(List<Reservation> locked, UnitOfWork tx) {
    OpenBook open = of(tx);
    List<Reservation> unknown =
        locked.stream().filter(found -> !open.orders.contains(found.orderId())).toList();
    open.includeLocked(unknown, tx);
    return open;
  }

  /** The book for the stock of these products alone. */
  OpenBook forProducts(Set<UUID> productIds, UnitOfWork tx) {
    OpenBook open = of(tx);
    open.include(Set.of(), productIds, tx);
    return open;
  }

  private OpenBook of(UnitOfWork tx) {
    return tx.session(OpenBook.class, () -> new OpenBook(tx));
  }

  private static List<UUID> products(Reservation reservation) {
    return reservation.lines().stream().map(Line::productId).toList();
  }

  /**
   * A transaction's book; written back at the transaction's end, or when somebody has to read it.
   */
  final class OpenBook implements UnitOfWork.Session {

    private final UnitOfWork tx;
    private final StockBook book = new StockBook(List.of(), List.of(), ids::next);

    /** Locked, whether they are known or not. */
    private final Set<UUID> orders = new HashSet<>();

    private final Set<UUID> products = new HashSet<>();
    private @Nullable Instant now;

    private OpenBook(UnitOfWork tx) {
      this.tx = tx;
    }

    StockBook book() {
      return book;
    }

    /** The time by which everything in this book is judged: read after its rows were locked. */
    Instant now() {
      Instant read = now;
      if (read == null) {
        read = tx.now();
        now = read;
      }
      return read;
    }

    /**
     * In one round trip: the levels of what is reserved are found by the orders, since the lines of
     * a reservation never change.
     *
     * @param unknown orders that the book does not have
     * @param wanted products that it may have
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

    private void includeLocked(List<Reservation> locked, UnitOfWork within) {
      Set<UUID> lacking = new HashSet<>();
      locked.forEach(reservation -> lacking.addAll(products(reservation)));
      lacking.removeAll(products);
      include(lacking.isEmpty() ? List.of() : stocks.lock(lacking, Set.of(), within), locked);
      products.addAll(lacking);
    }

    private void include(List<StockLevel> levels, List<Reservation> locked) {
      // A level that the book has may differ from its row.
      book.include(
          levels.stream().filter(level -> !products.contains(level.productId())).toList(), locked);
      locked.forEach(reservation -> {
        orders.add(reservation.orderId());
        products.addAll(products(reservation));
      });
      now = null; // judged by the time after these locks
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
      if (!changes.ledger().isEmpty()) {
        stocks.save(changes.levels(), changes.ledger(), now(), tx);
      }
      book.written();
    }
  }
}
