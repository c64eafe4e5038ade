package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.StockBook;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Opens the book of stock on locked rows and writes it back: the one order of locks for all use
 * cases.
 *
 * <p>Reservations by order, then stock levels by product, then the clock. Written are new
 * reservations first, so that a race for one order is noticed before anything else is.
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

  /** A book with what is known of these orders. */
  OpenBook forOrders(Collection<UUID> orderIds, Collection<UUID> productIds, UnitOfWork tx) {
    return open(reservations.lockByOrder(orderIds, tx), productIds, tx);
  }

  /** A book with reservations that are locked already. */
  OpenBook forReservations(List<Reservation> locked, UnitOfWork tx) {
    return open(locked, Set.of(), tx);
  }

  /** A book for one product's stock alone. */
  OpenBook forProduct(UUID productId, UnitOfWork tx) {
    return open(List.of(), Set.of(productId), tx);
  }

  private OpenBook open(List<Reservation> locked, Collection<UUID> productIds, UnitOfWork tx) {
    Set<UUID> products = new HashSet<>(productIds);
    locked.forEach(
        reservation -> reservation.lines().stream().map(Line::productId).forEach(products::add));
    List<StockLevel> levels = products.isEmpty() ? List.of() : stocks.lock(products, tx);
    return new OpenBook(new StockBook(levels, locked, ids::next), tx.now());
  }

  /** Writes back what the book has changed. */
  void close(OpenBook open, UnitOfWork tx) {
    StockBook.Changes changes = open.book().changes();
    if (!changes.opened().isEmpty()) {
      reservations.add(changes.opened(), tx);
    }
    if (!changes.moved().isEmpty()) {
      reservations.replace(changes.moved(), tx);
    }
    if (!changes.ledger().isEmpty()) {
      stocks.save(changes.levels(), changes.ledger(), open.now(), tx);
    }
  }

  /**
   * @param now by which everything in this book is judged: read after its rows were locked
   */
  record OpenBook(StockBook book, Instant now) {}
}
