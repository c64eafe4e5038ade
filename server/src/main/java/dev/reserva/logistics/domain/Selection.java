package dev.reserva.logistics.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What shall leave of a shipment.
 *
 * @param quantities units by product; empty for everything
 */
public record Selection(Map<UUID, Integer> quantities) {

  public static final Selection EVERYTHING = new Selection(Map.of());

  public Selection {
    quantities = Map.copyOf(quantities);
  }

  /** Named units of a product. */
  public record Units(UUID productId, Quantity quantity) {}

  /**
   * The same product twice is summed.
   *
   * @param named at least one
   */
  public static Selection of(List<Units> named) {
    Map<UUID, Integer> quantities = new LinkedHashMap<>();
    named.forEach(
        units -> quantities.merge(units.productId(), units.quantity().value(), Integer::sum));
    return new Selection(quantities);
  }

  boolean isEverything() {
    return quantities.isEmpty();
  }

  /** Whether it names exactly these lines. */
  boolean isAllOf(List<Line> lines) {
    return isEverything()
        || quantities.equals(
            lines.stream().collect(Collectors.toMap(Line::productId, Line::quantity)));
  }

  /**
   * The lines that leave.
   *
   * @param lines with at least the named units
   */
  List<Line> leaving(List<Line> lines) {
    if (isEverything()) {
      return lines;
    }
    List<Line> leaving = new ArrayList<>();
    for (Line line : lines) {
      Integer units = quantities.get(line.productId());
      if (units != null) {
        leaving.add(line.of(units));
      }
    }
    return leaving;
  }

  /** The lines that stay. */
  List<Line> staying(List<Line> lines) {
    if (isEverything()) {
      return List.of();
    }
    List<Line> staying = new ArrayList<>();
    for (Line line : lines) {
      int rest = line.quantity() - quantities.getOrDefault(line.productId(), 0);
      if (rest > 0) {
        staying.add(line.of(rest));
      }
    }
    return staying;
  }
}
