package dev.reserva.sales.application;

import dev.reserva.contracts.Locations;
import dev.reserva.contracts.SalesEvent.HeldItem;
import dev.reserva.contracts.SalesEvent.HeldPart;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderedUnits;
import dev.reserva.sales.domain.Part;
import dev.reserva.sales.domain.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The items of a confirmed order that has bundles, with the locations that hold their units. */
final class HeldBundles {

  private HeldBundles() {}

  static List<HeldItem> items(List<OrderLine> lines, @Nullable Reservation reservation) {
    List<List<HeldUnits>> places =
        divided(
            lines,
            reservation == null || reservation.held().isEmpty()
                ? atTheDefaultLocation(lines)
                : reservation.held());
    List<HeldItem> items = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      OrderLine line = lines.get(i);
      if (line.parts().isEmpty()) {
        items.addAll(Announcements.parts(line, places.get(i)));
      } else {
        items.add(bundle(line, places.get(i)));
      }
    }
    return items;
  }

  private static List<HeldUnits> atTheDefaultLocation(List<OrderLine> lines) {
    List<HeldUnits> held = new ArrayList<>();
    OrderedUnits.of(lines)
        .forEach((product, units) ->
            held.add(new HeldUnits(product, Locations.MAIN, Math.toIntExact(units))));
    return held;
  }

  private static List<List<HeldUnits>> divided(List<OrderLine> lines, List<HeldUnits> held) {
    try {
      return OrderedUnits.divide(lines, held);
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(String.valueOf(e.getMessage()), e);
    }
  }

  private static HeldItem bundle(OrderLine line, List<HeldUnits> places) {
    return new HeldItem(
        line.productId(),
        line.sku(),
        line.name(),
        line.quantity().value(),
        line.unitPrice(),
        line.total(),
        null,
        places.stream().map(place -> held(line, place)).toList());
  }

  private static HeldPart held(OrderLine line, HeldUnits place) {
    Part part = part(line, place.productId());
    return new HeldPart(
        part.productId(), part.sku(), part.name(), place.quantity(), place.location());
  }

  private static Part part(OrderLine line, UUID productId) {
    return line.parts().stream()
        .filter(part -> part.productId().equals(productId))
        .findFirst()
        .orElseThrow();
  }
}
