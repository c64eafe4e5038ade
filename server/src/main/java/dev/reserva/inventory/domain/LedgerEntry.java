package dev.reserva.inventory.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one product's stock at one location. A stock level is the sum of its entries.
 *
 * @param orderId the order that caused it, if any
 * @param reason the text of the person who changed the stock by hand
 * @param actor that person, as the audit trail names it
 */
public record LedgerEntry(
    UUID productId,
    LocationCode location,
    LedgerKind kind,
    int physicalChange,
    int reservedChange,
    @Nullable UUID orderId,
    @Nullable String reason,
    @Nullable String actor) {

  /** How many units moved. Negative where a count took some away. */
  public int units() {
    return kind == LedgerKind.ADJUSTED
        ? physicalChange
        : Math.max(Math.abs(physicalChange), Math.abs(reservedChange));
  }
}
