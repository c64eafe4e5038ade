package dev.reserva.inventory.domain;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of what people do to stock by hand: they receive, count, keep back and transfer it.
 * What orders hold is never touched.
 *
 * <p>It belongs to a {@link StockBook} and shares its levels and ledger.
 */
public final class StockByHand {

  private final Shelves shelves;

  StockByHand(Shelves shelves) {
    this.shelves = shelves;
  }

  /** Adds received goods to the stock of a location. */
  public AdjustOutcome receive(
      UUID productId, LocationCode location, Quantity quantity, @Nullable ByHand by) {
    return change(
        productId,
        location,
        level ->
            quantity.value() > Integer.MAX_VALUE - level.physical()
                ? new AdjustOutcome.TooMuch(level, quantity.value())
                : adjust(level, LedgerKind.RECEIVED, quantity.value(), by));
  }

  /**
   * Sets the physical quantity at a location to what was counted.
   *
   * @param physical 0 or more
   */
  public AdjustOutcome count(
      UUID productId, LocationCode location, PhysicalStock physical, @Nullable ByHand by) {
    return change(
        productId,
        location,
        level -> {
          if (physical.value() < level.reserved()) {
            return new AdjustOutcome.BelowReserved(level, physical.value());
          }
          int change = physical.value() - level.physical();
          return change == 0
              ? new AdjustOutcome.Unchanged(level)
              : adjust(level, LedgerKind.ADJUSTED, change, by);
        });
  }

  /** Sets how much of the stock of a location orders may not reserve. What they hold stays held. */
  public AdjustOutcome keepBack(UUID productId, LocationCode location, SafetyStock safetyStock) {
    return change(
        productId,
        location,
        level -> {
          if (level.safetyStock() == safetyStock.value()) {
            return new AdjustOutcome.Unchanged(level);
          }
          Map<UUID, Integer> before = shelves.available(List.of(productId));
          StockLevel changed = shelves.keep(level, safetyStock.value());
          return new AdjustOutcome.KeptBack(
              changed, level.safetyStock(), shelves.crossings(before));
        });
  }

  /** Takes the units of a transfer out of the stock of the location that sends them. */
  public TransferOutcome send(Transfer transfer, @Nullable ByHand by) {
    ProductStock stock = shelves.find(transfer.productId());
    if (stock == null) {
      return new TransferOutcome.UnknownProduct(transfer.productId());
    }
    StockLevel level = stock.at(transfer.from()).orElse(null);
    int unheld = level == null ? 0 : level.unheld();
    if (level == null || transfer.quantity() > unheld) {
      return new TransferOutcome.FellShort(
          new Shortage(transfer.productId(), transfer.quantity(), unheld));
    }
    Map<UUID, Integer> before = shelves.available(List.of(transfer.productId()));
    StockLevel left = shelves.adjust(level, LedgerKind.TRANSFERRED_OUT, -transfer.quantity(), by);
    return new TransferOutcome.Moved(transfer, left, shelves.crossings(before));
  }

  /**
   * Adds the units of a transfer to the stock of the location where they are now.
   *
   * @param transfer that has ended
   */
  public TransferOutcome arrive(Transfer transfer, @Nullable ByHand by) {
    StockLevel level = shelves.at(transfer.productId(), transfer.whereItEnded());
    if (transfer.quantity() > Integer.MAX_VALUE - level.physical()) {
      return new TransferOutcome.TooMuch(level, transfer.quantity());
    }
    return new TransferOutcome.Moved(
        transfer,
        shelves.adjust(level, LedgerKind.TRANSFERRED_IN, transfer.quantity(), by),
        List.of());
  }

  private AdjustOutcome change(
      UUID productId, LocationCode location, Function<StockLevel, AdjustOutcome> rule) {
    ProductStock stock = shelves.find(productId);
    if (stock == null) {
      return new AdjustOutcome.UnknownProduct(productId);
    }
    return stock.at(location).map(rule).orElse(new AdjustOutcome.UnknownLocation(location));
  }

  private AdjustOutcome adjust(StockLevel level, LedgerKind kind, int change, @Nullable ByHand by) {
    Map<UUID, Integer> before = shelves.available(List.of(level.productId()));
    StockLevel adjusted = shelves.adjust(level, kind, change, by);
    return new AdjustOutcome.Adjusted(adjusted, kind, change, shelves.crossings(before));
  }
}
