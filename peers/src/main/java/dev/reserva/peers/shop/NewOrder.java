package dev.reserva.peers.shop;

import java.util.List;

/**
 * What a buyer asks for.
 *
 * @param lines each with another product
 * @param token how the provider answers, see {@link SimulatedProvider}
 */
public record NewOrder(List<Line> lines, String token) {
  private static final int MOST_LINES = 100;

  public NewOrder {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > MOST_LINES) {
      throw new IllegalArgumentException(
          "an order has 1..%d lines, was %d".formatted(MOST_LINES, lines.size()));
    }
    if (lines.stream().map(Line::product).distinct().count() < lines.size()) {
      throw new IllegalArgumentException("two lines of an order have the same product");
    }
  }
}
