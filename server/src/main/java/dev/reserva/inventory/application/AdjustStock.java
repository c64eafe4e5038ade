package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.SafetyStock;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  public record Receipt(
      UUID productId, LocationCode location, Quantity quantity, @Nullable ByHand by, Cause cause) {}

  /** Receives goods of one product. */
  public AdjustOutcome receive(Receipt receipt, UnitOfWork tx) {
    return receive(List.of(receipt), tx).getFirst();
  }

  /**
   * Receives goods of many products.
   *
   * @return one outcome per receipt, in their order
   */
  public List<AdjustOutcome> receive(List<Receipt> receipts, UnitOfWork tx) {
    Set<UUID> products = new HashSet<>();
    Map<LocationCode, Set<UUID>> shelves = new HashMap<>();
    receipts.forEach(receipt -> {
      products.add(receipt.productId());
      shelves.computeIfAbsent(receipt.location(), _ -> new HashSet<>()).add(receipt.productId());
    });
    bookkeeping.open(shelves, tx);
    OpenBook open = bookkeeping.forProducts(products, tx);
    List<AdjustOutcome> outcomes = new ArrayList<>(receipts.size());
    for (Receipt receipt : receipts) {
      AdjustOutcome outcome =
          open.book()
              .byHand()
              .receive(receipt.productId(), receipt.location(), receipt.quantity(), receipt.by());
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
      UUID productId,
      LocationCode location,
      PhysicalStock stock,
      @Nullable ByHand by,
      Cause cause,
      UnitOfWork tx) {
    OpenBook open = opened(productId, location, tx);
    AdjustOutcome outcome = open.book().byHand().count(productId, location, stock, by);
    announce(outcome, by, cause, tx);
    open.flush(); // the answer is read from the tables
    return outcome;
  }

  /** Sets how much of a location's stock orders may not reserve. */
  public AdjustOutcome keepBack(
      UUID productId, LocationCode location, SafetyStock safetyStock, Cause cause, UnitOfWork tx) {
    OpenBook open = opened(productId, location, tx);
    AdjustOutcome outcome = open.book().byHand().keepBack(productId, location, safetyStock);
    announce(outcome, null, cause, tx);
    open.flush(); // the answer is read from the tables
    return outcome;
  }

  private OpenBook opened(UUID productId, LocationCode location, UnitOfWork tx) {
    bookkeeping.open(Map.of(location, Set.of(productId)), tx);
    return bookkeeping.forProducts(Set.of(productId), tx);
  }

  private static void announce(
      AdjustOutcome outcome, @Nullable ByHand by, Cause cause, UnitOfWork tx) {
    if (outcome instanceof AdjustOutcome.Adjusted adjusted) {
      StockFacts.adjusted(adjusted, by, cause, tx);
    } else if (outcome instanceof AdjustOutcome.KeptBack kept) {
      StockFacts.keptBack(kept, cause, tx);
    }
  }
}
