package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.Adjusting;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes a product's physical stock by hand: goods came in, or were counted. */
public final class AdjustStock {

  private final Bookkeeping bookkeeping;

  public AdjustStock(Reservations reservations, Stocks stocks, Ids ids) {
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
  }

  /**
   * Goods that came in.
   *
   * @param reason what is noted with it
   */
  public record Receipt(UUID productId, Quantity quantity, @Nullable Reason reason, Cause cause) {}

  /** Goods came in. */
  public Adjusting receive(
      UUID productId, Quantity quantity, @Nullable Reason reason, Cause cause, UnitOfWork tx) {
    return receive(List.of(new Receipt(productId, quantity, reason, cause)), tx).getFirst();
  }

  /**
   * Goods of many products came in.
   *
   * @return one outcome per receipt, in their order
   */
  public List<Adjusting> receive(List<Receipt> receipts, UnitOfWork tx) {
    Set<UUID> products = new HashSet<>();
    receipts.forEach(receipt -> products.add(receipt.productId()));
    OpenBook open = bookkeeping.forProducts(products, tx);
    List<Adjusting> outcomes = new ArrayList<>(receipts.size());
    for (Receipt receipt : receipts) {
      Adjusting outcome =
          open.book().receive(receipt.productId(), receipt.quantity(), receipt.reason());
      announce(outcome, receipt.reason(), receipt.cause(), tx);
      outcomes.add(outcome);
    }
    open.flush(); // the answer is read from the tables
    return outcomes;
  }

  /** Locks a product's stock, for one who looks at it before changing it in this transaction. */
  public void lock(UUID productId, UnitOfWork tx) {
    bookkeeping.forProducts(Set.of(productId), tx);
  }

  /** The goods were counted, and this is how many there are. */
  public Adjusting count(
      UUID productId, PhysicalStock stock, @Nullable Reason reason, Cause cause, UnitOfWork tx) {
    OpenBook open = bookkeeping.forProducts(Set.of(productId), tx);
    Adjusting outcome = open.book().count(productId, stock, reason);
    announce(outcome, reason, cause, tx);
    open.flush(); // the answer is read from the tables
    return outcome;
  }

  private static void announce(
      Adjusting outcome, @Nullable Reason reason, Cause cause, UnitOfWork tx) {
    if (outcome instanceof Adjusting.Adjusted adjusted) {
      StockFacts.adjusted(adjusted, reason, cause, tx);
    }
  }
}
