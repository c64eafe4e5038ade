package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes a product's physical stock: goods are received or counted. */
public final class AdjustStock {

  private final Bookkeeping bookkeeping;

  public AdjustStock(Reservations reservations, Stocks stocks, Ids ids) {
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
  }

  /**
   * Received goods.
   *
   * @param by recorded in the ledger
   */
  public record Receipt(UUID productId, Quantity quantity, @Nullable ByHand by, Cause cause) {}

  /** Receives goods of one product. */
  public AdjustOutcome receive(
      UUID productId, Quantity quantity, @Nullable ByHand by, Cause cause, UnitOfWork tx) {
    return receive(List.of(new Receipt(productId, quantity, by, cause)), tx).getFirst();
  }

  /**
   * Receives goods of many products.
   *
   * @return one outcome per receipt, in their order
   */
  public List<AdjustOutcome> receive(List<Receipt> receipts, UnitOfWork tx) {
    Set<UUID> products = new HashSet<>();
    receipts.forEach(receipt -> products.add(receipt.productId()));
    OpenBook open = bookkeeping.forProducts(products, tx);
    List<AdjustOutcome> outcomes = new ArrayList<>(receipts.size());
    for (Receipt receipt : receipts) {
      AdjustOutcome outcome =
          open.book().receive(receipt.productId(), receipt.quantity(), receipt.by());
      announce(outcome, receipt.by(), receipt.cause(), tx);
      outcomes.add(outcome);
    }
    open.flush(); // the answer is read from the tables
    return outcomes;
  }

  /**
   * Locks a product's stock, for a caller that reads it before it changes it in this transaction.
   */
  public void lock(UUID productId, UnitOfWork tx) {
    bookkeeping.forProducts(Set.of(productId), tx);
  }

  /** Sets the physical quantity to what was counted. */
  public AdjustOutcome count(
      UUID productId, PhysicalStock stock, @Nullable ByHand by, Cause cause, UnitOfWork tx) {
    OpenBook open = bookkeeping.forProducts(Set.of(productId), tx);
    AdjustOutcome outcome = open.book().count(productId, stock, by);
    announce(outcome, by, cause, tx);
    open.flush(); // the answer is read from the tables
    return outcome;
  }

  private static void announce(
      AdjustOutcome outcome, @Nullable ByHand by, Cause cause, UnitOfWork tx) {
    if (outcome instanceof AdjustOutcome.Adjusted adjusted) {
      StockFacts.adjusted(adjusted, by, cause, tx);
    }
  }
}
