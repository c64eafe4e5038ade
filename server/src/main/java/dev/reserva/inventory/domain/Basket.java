package dev.reserva.inventory.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The products that an order asks for: at least one, each once.
 *
 * @param lines in the order in which the products first appear
 */
public record Basket(List<Line> lines) {

  public Basket {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("lines must be 1 or more, were 0");
    }
    if (lines.stream().map(Line::productId).distinct().count() != lines.size()) {
      throw new IllegalArgumentException("each product must be named once");
    }
  }

  /**
   * Combines lines and adds up those of one product.
   *
   * @throws IllegalArgumentException if there are no lines, or a sum exceeds {@link
   *     Integer#MAX_VALUE}
   */
  public static Basket of(List<Line> lines) {
    Map<UUID, Long> sums = new LinkedHashMap<>();
    lines.forEach(line -> sums.merge(line.productId(), (long) line.quantity(), Long::sum));
    List<Line> summed = new ArrayList<>(sums.size());
    sums.forEach((product, sum) -> summed.add(new Line(product, inRange(product, sum))));
    return new Basket(summed);
  }

  private static int inRange(UUID product, long sum) {
    if (sum > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "quantity of product %s must be at most %d in sum, was %d"
              .formatted(product, Integer.MAX_VALUE, sum));
    }
    return (int) sum;
  }
}
