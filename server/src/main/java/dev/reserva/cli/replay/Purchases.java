package dev.reserva.cli.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The purchases of each customer, to match a return: for each SKU, the customer's latest order that
 * contains it and is not returned as a whole.
 *
 * @param <O> what stands for an order
 */
final class Purchases<O> {

  /**
   * What a return consists of.
   *
   * @param whole orders of which every piece is returned, with the SKUs
   * @param parts SKUs of which fewer or more pieces are returned than the order has
   * @param unknown SKUs of which the customer has no order
   */
  record Matches<O>(Map<O, Set<String>> whole, Set<String> parts, Set<String> unknown) {}

  private record Purchase<O>(O order, Map<String, Integer> pieces) {}

  private final Map<String, Map<String, List<Purchase<O>>>> byCustomerAndSku = new HashMap<>();

  void add(String customer, O order, Map<String, Integer> pieces) {
    Purchase<O> purchase = new Purchase<>(order, Map.copyOf(pieces));
    Map<String, List<Purchase<O>>> bySku =
        byCustomerAndSku.computeIfAbsent(customer, _ -> new HashMap<>());
    pieces
        .keySet()
        .forEach(sku -> bySku.computeIfAbsent(sku, _ -> new ArrayList<>()).add(purchase));
  }

  /** Matches a return and removes the orders that are returned as a whole. */
  Matches<O> giveBack(Optional<String> customer, Map<String, Integer> returned) {
    Map<String, List<Purchase<O>>> bySku =
        customer.flatMap(id -> Optional.ofNullable(byCustomerAndSku.get(id))).orElse(Map.of());
    Map<Purchase<O>, Set<String>> touched = new LinkedHashMap<>();
    Set<String> unknown = new HashSet<>();
    for (String sku : returned.keySet()) {
      List<Purchase<O>> bought = bySku.getOrDefault(sku, List.of());
      if (bought.isEmpty()) {
        unknown.add(sku);
      } else {
        touched.computeIfAbsent(bought.getLast(), _ -> new HashSet<>()).add(sku);
      }
    }
    Map<O, Set<String>> whole = new LinkedHashMap<>();
    Set<String> parts = new HashSet<>();
    touched.forEach((purchase, skus) -> {
      if (isWhole(purchase, skus, returned)) {
        whole.put(purchase.order(), skus);
        skus.forEach(sku -> bySku.getOrDefault(sku, new ArrayList<>()).remove(purchase));
      } else {
        parts.addAll(skus);
      }
    });
    return new Matches<>(whole, parts, unknown);
  }

  private static boolean isWhole(
      Purchase<?> purchase, Set<String> skus, Map<String, Integer> returned) {
    return skus.equals(purchase.pieces().keySet())
        && skus.stream()
            .allMatch(sku -> Objects.equals(purchase.pieces().get(sku), returned.get(sku)));
  }
}
