package dev.reserva.inventory.domain;

import java.util.List;
import java.util.UUID;

/** The outcome of a step of a transfer. */
public sealed interface TransferOutcome {

  /**
   * The units have left, or have arrived.
   *
   * @param level of the location that they left or arrived at
   */
  record Moved(Transfer transfer, StockLevel level, List<ThresholdCrossing> crossings)
      implements TransferOutcome {}

  /** It had ended like this before. Nothing changed. */
  record DoneBefore(Transfer transfer) implements TransferOutcome {}

  /** It has ended the other way. Nothing changed. */
  record EndedOtherwise(Transfer transfer) implements TransferOutcome {}

  /**
   * The location has fewer units that no order holds. Nothing changed.
   *
   * @param shortage whose {@code available} counts these units
   */
  record FellShort(Shortage shortage) implements TransferOutcome {}

  /** The stock would exceed {@link Integer#MAX_VALUE}. Nothing changed. */
  record TooMuch(StockLevel level, int added) implements TransferOutcome {}

  /** There is no such product. */
  record UnknownProduct(UUID productId) implements TransferOutcome {}

  /** There is no such location. */
  record UnknownLocation(LocationCode location) implements TransferOutcome {}
}
