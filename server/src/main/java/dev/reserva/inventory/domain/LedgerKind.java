package dev.reserva.inventory.domain;

import java.util.Locale;

/**
 * Why stock changed.
 *
 * <p>Each kind that an order causes says how a line's quantity changes the counters. {@code
 * CONFIRMED} subtracts it from the physical and from the reserved stock.
 */
public enum LedgerKind {
  RECEIVED(0, 0),
  ADJUSTED(0, 0),
  RESERVED(0, +1),
  RELEASED(0, -1),
  EXPIRED(0, -1),
  CONFIRMED(-1, -1),
  RETURNED(+1, 0),
  TRANSFERRED_OUT(0, 0),
  TRANSFERRED_IN(0, 0);

  private final int physical;
  private final int reserved;

  LedgerKind(int physical, int reserved) {
    this.physical = physical;
    this.reserved = reserved;
  }

  int physicalChange(int quantity) {
    return physical * quantity;
  }

  int reservedChange(int quantity) {
    return reserved * quantity;
  }

  /**
   * @throws IllegalArgumentException if there is no such kind
   */
  public static LedgerKind parse(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }

  /** The name in the ledger. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
