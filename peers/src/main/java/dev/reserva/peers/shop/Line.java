package dev.reserva.peers.shop;

import java.util.Comparator;
import java.util.List;

/** So many units of a product. */
public record Line(long product, int quantity) {
  private static final int MOST = 1000;

  public Line {
    if (quantity < 1 || quantity > MOST) {
      throw new IllegalArgumentException(
          "quantity must be 1..%d, was %d".formatted(MOST, quantity));
    }
  }

  /** The lines by product: whoever locks products in this order never deadlocks. */
  public static List<Line> inLockOrder(List<Line> lines) {
    return lines.stream().sorted(Comparator.comparingLong(Line::product)).toList();
  }
}
