package dev.reserva.inventory.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * What one unit of a bundle consists of. A bundle has a price of its own and no stock of its own:
 * what is reserved, picked and returned are its parts.
 *
 * @param parts 1..{@value #MOST_PARTS} products, each once, 1..{@value #MOST_UNITS} units of each;
 *     none if the product is no bundle
 */
public record Bundle(List<Line> parts) {

  /** The product is no bundle. */
  public static final Bundle NONE = new Bundle(List.of());

  public static final int MOST_PARTS = 50;

  /** As many as an order may have of a product. */
  public static final int MOST_UNITS = 1_000_000;

  public Bundle {
    parts = List.copyOf(parts);
    Set<UUID> products = new HashSet<>();
    for (Line part : parts) {
      if (!products.add(part.productId())) {
        throw new IllegalArgumentException(
            "bundle must name each product once, names %s twice".formatted(part.productId()));
      }
      if (part.quantity() > MOST_UNITS) {
        throw new IllegalArgumentException(
            "quantity must be 1..%d, was %d".formatted(MOST_UNITS, part.quantity()));
      }
    }
    if (parts.size() > MOST_PARTS) {
      throw new IllegalArgumentException(
          "bundle must have 1..%d parts, had %d".formatted(MOST_PARTS, parts.size()));
    }
  }

  /**
   * @throws IllegalArgumentException if there are none, too many, or two of one product
   */
  public static Bundle of(List<Line> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "bundle must have 1..%d parts, had 0".formatted(MOST_PARTS));
    }
    return new Bundle(parts);
  }

  /** Whether the product is no bundle. */
  public boolean isNone() {
    return parts.isEmpty();
  }

  /** The products that it consists of, in their order. */
  public List<UUID> products() {
    return parts.stream().map(Line::productId).toList();
  }

  /**
   * How many bundles the parts are enough for: the scarcest part decides. Whoever orders a part by
   * itself may take it before.
   *
   * @param available what orders can reserve of a part; 0 if the part cannot be ordered
   */
  public int available(ToIntFunction<UUID> available) {
    return parts.stream()
        .mapToInt(part -> available.applyAsInt(part.productId()) / part.quantity())
        .min()
        .orElse(0);
  }

  /**
   * Takes the bundles among ordered products apart.
   *
   * @return the units to hold, in order: a product more than once if several lines need it; {@link
   *     Basket#of} adds them up
   * @throws IllegalArgumentException if the units of a part exceed {@link Integer#MAX_VALUE}
   */
  public static List<Line> unitsOf(List<Ordered> ordered) {
    List<Line> units = new ArrayList<>(ordered.size());
    for (Ordered line : ordered) {
      if (line.bundle().isNone()) {
        units.add(line.line());
      } else {
        line.bundle().parts().forEach(part -> units.add(times(part, line.line())));
      }
    }
    return units;
  }

  private static Line times(Line part, Line ordered) {
    long units = (long) part.quantity() * ordered.quantity();
    if (units > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "quantity of product %s must be at most %d in %d bundles, was %d"
              .formatted(part.productId(), Integer.MAX_VALUE, ordered.quantity(), units));
    }
    return new Line(part.productId(), (int) units);
  }

  /**
   * A line as it was ordered.
   *
   * @param bundle what one unit consists of
   */
  public record Ordered(Line line, Bundle bundle) {}
}
