package dev.reserva.simulation;

import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The units that lines need, with bundles taken apart. It is written anew here, so that a mistake
 * in the services does not hide itself.
 */
final class NeededUnits {

  private NeededUnits() {}

  static Map<UUID, Integer> of(List<OrderLine> lines) {
    Map<UUID, Integer> units = new HashMap<>();
    for (OrderLine line : lines) {
      int ordered = line.quantity().value();
      if (line.parts().isEmpty()) {
        units.merge(line.productId(), ordered, Integer::sum);
      }
      for (Part part : line.parts()) {
        units.merge(part.productId(), part.quantity() * ordered, Integer::sum);
      }
    }
    return units;
  }
}
