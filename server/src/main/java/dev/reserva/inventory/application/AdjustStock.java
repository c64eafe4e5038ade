package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.Adjusting;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes a product's physical stock by hand: goods came in, or were counted. */
public final class AdjustStock {

  private final Bookkeeping bookkeeping;

  public AdjustStock(Reservations reservations, Stocks stocks, Ids ids) {
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
  }

  /** Goods came in. */
  public Adjusting receive(
      UUID productId, Quantity quantity, @Nullable Reason reason, Cause cause, UnitOfWork tx) {
    OpenBook open = bookkeeping.forProduct(productId, tx);
    return closed(open, open.book().receive(productId, quantity, reason), reason, cause, tx);
  }

  /** The goods were counted, and this is how many there are. */
  public Adjusting count(
      UUID productId, PhysicalStock stock, @Nullable Reason reason, Cause cause, UnitOfWork tx) {
    OpenBook open = bookkeeping.forProduct(productId, tx);
    return closed(open, open.book().count(productId, stock, reason), reason, cause, tx);
  }

  private Adjusting closed(
      OpenBook open, Adjusting outcome, @Nullable Reason reason, Cause cause, UnitOfWork tx) {
    if (outcome instanceof Adjusting.Adjusted adjusted) {
      StockFacts.adjusted(adjusted, reason, cause, tx);
    }
    open.flush(); // the answer is read from the tables
    return outcome;
  }
}
