package dev.reserva.peers.shop;

import java.util.Comparator;
import java.util.List;

/** A number of units of a product. */
public record Line(long product, int quantity) {
  private static final int MAX_QUANTITY = 1000;

  public Line {
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException(
          "quantity must be 1..%d, was %d".formatted(MAX_QUANTITY, quantity));
    }
  }

  /**
   * The lines in order of product. Transactions that lock products in this order do not deadlock.
   */
  public static List<Line> inLockOrder(List<Line> lines) {
    return lines.stream().sorted(Comparator.comparingLong(Line::product)).toList();
  }
}
