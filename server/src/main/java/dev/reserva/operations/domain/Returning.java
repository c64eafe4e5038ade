package dev.reserva.operations.domain;

import dev.reserva.contracts.Money;
import dev.reserva.operations.domain.OrderBook.Parcel;
import dev.reserva.operations.domain.OrderBook.Return;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The rules by which the returns of an order agree with its goods and its money: no more comes back
 * than was delivered, and each return restocks and refunds once (invariant 9).
 */
final class Returning {

  private static final String RECEIVED = "RECEIVED";
  private static final Set<String> BACK = Set.of(RECEIVED, "REFUNDED");

  private Returning() {}

  /** Violations of the rules that hold in every snapshot. */
  static List<String> contradictions(OrderBook book) {
    List<String> found = new ArrayList<>();
    Map<UUID, Return> back = new HashMap<>();
    Map<UUID, Integer> units = new HashMap<>();
    for (Return goods : book.returns()) {
      goods.lines().forEach((product, quantity) -> units.merge(product, quantity, Integer::sum));
      if (BACK.contains(goods.status())) {
        back.put(goods.id(), goods);
      }
    }
    if (!isWithin(units, book.lines())) {
      found.add("its returns name more than its lines");
    }
    if (!back.isEmpty() && !OrderBook.CONFIRMED_OR_LATER.contains(book.status())) {
      found.add("goods of it have come back");
    }
    takenBack(book)
        .forEach((id, lines) -> {
          Return goods = back.get(id);
          if (goods == null || !goods.lines().equals(lines)) {
            found.add("inventory took back other goods than return %s has".formatted(id));
          }
        });
    forReturns(book)
        .forEach((id, amount) -> {
          Return goods = back.get(id);
          if (goods == null || amount.compareTo(goods.refund()) > 0) {
            found.add("%s is given back for return %s".formatted(amount, id));
          }
        });
    return found;
  }

  /** Violations of the rules that hold once every event of the order is handled. */
  static List<String> leftovers(OrderBook book) {
    List<String> found = new ArrayList<>();
    for (Return goods : book.returns()) {
      if (BACK.contains(goods.status()) && !takenBack(book).containsKey(goods.id())) {
        found.add("inventory has not taken back return " + goods.id());
      }
      if (goods.status().equals(RECEIVED) && !forReturns(book).containsKey(goods.id())) {
        found.add("nothing is given back for return " + goods.id());
      }
    }
    if (!book.returns().isEmpty() && !book.parcels().isEmpty()) {
      Map<UUID, Integer> returned = new HashMap<>();
      book.returns()
          .forEach(goods ->
              goods.lines().forEach((id, units) -> returned.merge(id, units, Integer::sum)));
      if (!isWithin(returned, delivered(book.parcels()))) {
        found.add("its returns name more than was delivered");
      }
    }
    return found;
  }

  private static Map<UUID, Integer> delivered(List<Parcel> parcels) {
    Map<UUID, Integer> delivered = new HashMap<>();
    parcels.stream()
        .filter(parcel -> parcel.status().equals("DELIVERED"))
        .forEach(parcel ->
            parcel.lines().forEach((id, units) -> delivered.merge(id, units, Integer::sum)));
    return delivered;
  }

  private static boolean isWithin(Map<UUID, Integer> units, Map<UUID, Integer> bounds) {
    return units.entrySet().stream()
        .allMatch(entry -> entry.getValue() <= bounds.getOrDefault(entry.getKey(), 0));
  }

  private static Map<UUID, Map<UUID, Integer>> takenBack(OrderBook book) {
    return book.holding() == null ? Map.of() : book.holding().takenBack();
  }

  private static Map<UUID, Money> forReturns(OrderBook book) {
    return book.takings() == null ? Map.of() : book.takings().forReturns();
  }
}
