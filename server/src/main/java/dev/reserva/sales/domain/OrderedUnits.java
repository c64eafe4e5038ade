package dev.reserva.sales.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The units that the lines of an order need: those of its products, and those of the parts of its
 * bundles. Stock is reserved, picked and delivered in these units.
 */
public final class OrderedUnits {

  private OrderedUnits() {}

  /**
   * What one unit of a line needs of a product.
   *
   * @param each 1 or more
   */
  public record Need(UUID productId, String sku, String name, int each) {}

  /** What one unit of the line needs: itself, or its parts. */
  public static List<Need> of(OrderLine line) {
    if (line.parts().isEmpty()) {
      return List.of(new Need(line.productId(), line.sku(), line.name(), 1));
    }
    return line.parts().stream()
        .map(part -> new Need(part.productId(), part.sku(), part.name(), part.quantity()))
        .toList();
  }

  /** The units of all lines together, by product. */
  public static Map<UUID, Long> of(List<OrderLine> lines) {
    Map<UUID, Long> units = new HashMap<>();
    for (OrderLine line : lines) {
      for (Need need : of(line)) {
        units.merge(need.productId(), (long) need.each() * line.quantity().value(), Long::sum);
      }
    }
    return units;
  }

  /**
   * How much of each line counts as delivered, while some of the order's units are not.
   *
   * <p>Several lines may need the same product, and a delivered unit belongs to none of them in
   * particular. So every unit that is missing is missed by every line: a line that needs n units of
   * a product, of which m of the whole order are missing, has max(0, n − m). A bundle counts as
   * delivered as often as its scarcest part is there.
   *
   * <p>The lines together never count more than was delivered. Let the order need T units of a
   * product, and d have arrived, so that m = T − d ≥ 0. Let k lines need more than m. If k = 0,
   * none counts anything. Otherwise the k lines count Σ(nᵢ − m) = Σnᵢ − k·m ≤ T − m = d, since
   * their nᵢ are at most T together and k ≥ 1. What a bundle counts of a part, its whole bundles
   * times the part's units, is at most max(0, n − m).
   *
   * @param arrived delivered units, by product
   * @return by the product of the line, at most its quantity
   */
  public static Map<UUID, Long> delivered(List<OrderLine> lines, Map<UUID, Long> arrived) {
    Map<UUID, Long> all = of(lines);
    Map<UUID, Long> delivered = new HashMap<>();
    for (OrderLine line : lines) {
      long least = Long.MAX_VALUE;
      for (Need need : of(line)) {
        long missing =
            Math.max(
                0,
                all.getOrDefault(need.productId(), 0L)
                    - arrived.getOrDefault(need.productId(), 0L));
        long there = Math.max(0, (long) need.each() * line.quantity().value() - missing);
        least = Math.min(least, there / need.each());
      }
      delivered.put(line.productId(), least);
    }
    return delivered;
  }

  /**
   * Divides the units that are held for an order among its lines, in their order: each line gets
   * its units from the locations in theirs.
   *
   * @return for each line, what each location holds for it; a product more than once if several do
   * @throws IllegalArgumentException if other units are held than the lines need
   */
  public static List<List<HeldUnits>> divide(List<OrderLine> lines, List<HeldUnits> held) {
    List<HeldUnits> left = new ArrayList<>(held);
    List<List<HeldUnits>> divided = new ArrayList<>(lines.size());
    for (OrderLine line : lines) {
      List<HeldUnits> own = new ArrayList<>();
      for (Need need : of(line)) {
        take(need.productId(), (long) need.each() * line.quantity().value(), left, own);
      }
      divided.add(own);
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "the reservation holds %d more units of product %s than the order needs"
              .formatted(left.getFirst().quantity(), left.getFirst().productId()));
    }
    return divided;
  }

  private static void take(UUID product, long units, List<HeldUnits> left, List<HeldUnits> own) {
    long open = units;
    for (int i = 0; i < left.size() && open > 0; ) {
      HeldUnits place = left.get(i);
      if (!place.productId().equals(product)) {
        i++;
        continue;
      }
      int taken = (int) Math.min(open, place.quantity());
      own.add(new HeldUnits(product, place.location(), taken));
      open -= taken;
      if (taken == place.quantity()) {
        left.remove(i);
      } else {
        left.set(i, new HeldUnits(product, place.location(), place.quantity() - taken));
      }
    }
    if (open > 0) {
      throw new IllegalArgumentException(
          "the reservation holds %d units of product %s too few".formatted(open, product));
    }
  }
}
