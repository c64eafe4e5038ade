package dev.reserva.peers.shop;

import java.util.List;

/**
 * A request to place an order.
 *
 * @param lines each with another product
 * @param token decides the provider's answer, see {@link SimulatedProvider}
 */
public record NewOrder(List<Line> lines, String token) {
  private static final int MAX_LINES = 100;

  public NewOrder {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw new IllegalArgumentException(
          "an order has 1..%d lines, was %d".formatted(MAX_LINES, lines.size()));
    }
    if (lines.stream().map(Line::product).distinct().count() < lines.size()) {
      throw new IllegalArgumentException("two lines of an order have the same product");
    }
  }
}
