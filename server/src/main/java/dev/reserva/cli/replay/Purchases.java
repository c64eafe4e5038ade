package dev.reserva.cli.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The purchases of each customer, to match a return: each SKU comes back from the customer's latest
 * orders that contain it and have pieces left.
 *
 * @param <O> what stands for an order
 */
final class Purchases<O> {

  /**
   * What a return consists of.
   *
   * @param whole orders of which every piece is returned at once
   * @param parts of other orders
   * @param tooMany SKUs of which more pieces are returned than the customer has left
   * @param unknown SKUs of which the customer has no order
   */
  record Matches<O>(
      List<Match<O>> whole, List<Match<O>> parts, Set<String> tooMany, Set<String> unknown) {}

  /**
   * What comes back of one order.
   *
   * @param pieces by SKU
   * @param latest those of the SKUs whose latest order it is: each SKU counts once
   */
  record Match<O>(O order, Map<String, Integer> pieces, Set<String> latest) {}

  /** An order with the pieces that have not come back. */
  private static final class Purchase<O> {
    private final O order;
    private final Map<String, Integer> bought;
    private final Map<String, Integer> left;

    private Purchase(O order, Map<String, Integer> pieces) {
      this.order = order;
      this.bought = Map.copyOf(pieces);
      this.left = new HashMap<>(pieces);
    }

    private int left(String sku) {
      return left.getOrDefault(sku, 0);
    }
  }

  private final Map<String, Map<String, List<Purchase<O>>>> byCustomerAndSku = new HashMap<>();

  void add(String customer, O order, Map<String, Integer> pieces) {
    Purchase<O> purchase = new Purchase<>(order, pieces);
    Map<String, List<Purchase<O>>> bySku =
        byCustomerAndSku.computeIfAbsent(customer, _ -> new HashMap<>());
    pieces
        .keySet()
        .forEach(sku -> bySku.computeIfAbsent(sku, _ -> new ArrayList<>()).add(purchase));
  }

  /** Matches a return, and takes its pieces from the orders. */
  Matches<O> giveBack(String customer, Map<String, Integer> returned) {
    Map<String, List<Purchase<O>>> bySku = byCustomerAndSku.getOrDefault(customer, Map.of());
    Map<Purchase<O>, Match<O>> matches = new LinkedHashMap<>();
    Set<String> tooMany = new HashSet<>();
    Set<String> unknown = new HashSet<>();
    returned.forEach((sku, pieces) -> {
      List<Purchase<O>> bought = bySku.getOrDefault(sku, List.of());
      if (bought.isEmpty()) {
        unknown.add(sku);
      } else if (bought.stream().mapToLong(it -> it.left(sku)).sum() < pieces) {
        tooMany.add(sku);
      } else {
        match(sku, pieces, bought, matches);
      }
    });
    List<Match<O>> whole = new ArrayList<>();
    List<Match<O>> parts = new ArrayList<>();
    matches.forEach((purchase, match) -> {
      (match.pieces().equals(purchase.bought) ? whole : parts).add(match);
      match.pieces().forEach((sku, pieces) -> purchase.left.merge(sku, -pieces, Integer::sum));
    });
    return new Matches<>(whole, parts, tooMany, unknown);
  }

  private static <O> void match(
      String sku, int pieces, List<Purchase<O>> bought, Map<Purchase<O>, Match<O>> matches) {
    int wanted = pieces;
    for (Purchase<O> purchase : bought.reversed()) {
      int taken = Math.min(wanted, purchase.left(sku));
      if (taken > 0) {
        Match<O> match =
            matches.computeIfAbsent(
                purchase, it -> new Match<>(it.order, new LinkedHashMap<>(), new HashSet<>()));
        match.pieces().put(sku, taken);
        if (wanted == pieces) {
          match.latest().add(sku);
        }
        wanted -= taken;
      }
    }
  }
}
