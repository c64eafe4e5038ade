package dev.reserva.operations.domain;

import dev.reserva.operations.domain.OrderBook.Parcel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The rules by which the shipments of an order agree with the order (invariant 9). An order without
 * shipments breaks none: it may have been confirmed before there were shipments.
 */
final class Shipping {

  private static final String PREPARING = "PREPARING";
  private static final String DISPATCHED = "DISPATCHED";
  private static final String DELIVERED = "DELIVERED";
  private static final Set<String> ENDED = Set.of("CANCELLED", "RETURNED");

  private Shipping() {}

  /** Violations of the rules that hold in every snapshot. */
  static List<String> contradictions(OrderBook book) {
    List<String> found = new ArrayList<>();
    if (book.parcels().isEmpty()) {
      return found;
    }
    Map<UUID, Integer> shipped = new HashMap<>();
    Map<String, Map<UUID, Integer>> places = new HashMap<>();
    for (Parcel parcel : book.parcels()) {
      Map<UUID, Integer> place = places.computeIfAbsent(parcel.location(), _ -> new HashMap<>());
      parcel
          .lines()
          .forEach((product, units) -> {
            shipped.merge(product, units, Integer::sum);
            place.merge(product, units, Integer::sum);
          });
    }
    if (!shipped.equals(book.lines())) {
      found.add("its shipments contain other goods than its lines");
    } else if (book.holding() != null && !places.equals(book.holding().places())) {
      found.add(
          "its goods are held at %s, its shipments leave from %s"
              .formatted(book.holding().places(), places));
    }
    if (!OrderBook.CONFIRMED_OR_LATER.contains(book.status())
        && !book.status().equals("CANCELLED")) {
      found.add("it has shipments");
    }
    return found;
  }

  /** Violations of the rules that hold once every event of the order is handled. */
  static List<String> leftovers(OrderBook book) {
    List<String> statuses = book.parcels().stream().map(Parcel::status).distinct().toList();
    if (statuses.isEmpty()) {
      return List.of();
    }
    boolean agrees =
        switch (book.status()) {
          case "CONFIRMED" -> statuses.contains(PREPARING) && !hasEnded(statuses);
          case "SHIPPED" ->
              !statuses.contains(PREPARING) && !hasEnded(statuses) && statuses.contains(DISPATCHED);
          case "DELIVERED", "COMPLETED" -> statuses.equals(List.of(DELIVERED));
          default -> !OrderBook.DEAD.contains(book.status()) || ENDED.containsAll(statuses);
        };
    return agrees ? List.of() : List.of("its shipments are " + String.join(", ", statuses));
  }

  private static boolean hasEnded(List<String> statuses) {
    return statuses.stream().anyMatch(ENDED::contains);
  }
}
