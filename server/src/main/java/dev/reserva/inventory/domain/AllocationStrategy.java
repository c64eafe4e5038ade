package dev.reserva.inventory.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * Chooses the locations that serve an order.
 *
 * <p>A location that can serve the whole order serves it, the first by priority. The strategies
 * differ where there is none.
 */
public enum AllocationStrategy {

  /** Takes each line from the locations by priority. */
  PRIORITY {
    @Override
    Allocation split(Basket basket, Function<UUID, ProductStock> stock, List<Place> places) {
      return new Allocation(taken(basket, stock, places), AllocationReason.SPLIT_BY_PRIORITY);
    }
  },

  /**
   * Takes the order from as few locations as possible. Among sets of the same size, the one with
   * the better priorities. After {@value #MAX_SETS} sets the locations are chosen one by one, each
   * time the one that can serve most of the remaining units, so that the effort stays bounded.
   */
  FEWEST_SHIPMENTS {
    @Override
    Allocation split(Basket basket, Function<UUID, ProductStock> stock, List<Place> places) {
      return new Allocation(
          taken(basket, stock, fewest(basket, stock, places)), AllocationReason.SPLIT_TO_FEWEST);
    }
  };

  private static final int MAX_SETS = 1_000;

  /**
   * Allocates every line of a basket.
   *
   * @param stock of each product, which has at least as much available as its line wants
   */
  Allocation allocate(Basket basket, Function<UUID, ProductStock> stock) {
    List<Place> places = places(basket, stock);
    for (Place place : places) {
      if (servesAll(basket, stock, place)) {
        return new Allocation(
            basket.lines().stream()
                .map(line -> new Held(line.productId(), place.code(), line.quantity()))
                .toList(),
            places.size() == 1 ? AllocationReason.ONLY_LOCATION : AllocationReason.SERVES_ALL);
      }
    }
    return split(basket, stock, places);
  }

  /**
   * @param places that have some of the products, by priority; together they have enough
   */
  abstract Allocation split(Basket basket, Function<UUID, ProductStock> stock, List<Place> places);

  /** The locations where some of the products are available, by priority. */
  private static List<Place> places(Basket basket, Function<UUID, ProductStock> stock) {
    if (basket.lines().size() == 1) {
      return stock.apply(basket.lines().getFirst().productId()).levels().stream()
          .filter(level -> level.available() > 0)
          .map(StockLevel::place)
          .toList();
    }
    Set<Place> places = new TreeSet<>(Place.BY_PRIORITY);
    for (Line line : basket.lines()) {
      for (StockLevel level : stock.apply(line.productId()).levels()) {
        if (level.available() > 0) {
          places.add(level.place());
        }
      }
    }
    return List.copyOf(places);
  }

  private static boolean servesAll(Basket basket, Function<UUID, ProductStock> stock, Place place) {
    for (Line line : basket.lines()) {
      if (stock.apply(line.productId()).availableAt(place.code()) < line.quantity()) {
        return false;
      }
    }
    return true;
  }

  private static List<Held> taken(
      Basket basket, Function<UUID, ProductStock> stock, List<Place> places) {
    List<Held> held = new ArrayList<>(basket.lines().size() + places.size());
    for (Line line : basket.lines()) {
      int open = line.quantity();
      for (Place place : places) {
        int units = Math.min(open, stock.apply(line.productId()).availableAt(place.code()));
        if (units > 0) {
          held.add(new Held(line.productId(), place.code(), units));
          open -= units;
        }
      }
      if (open > 0) {
        throw new IllegalArgumentException(
            "product %s lacks %d units at %s".formatted(line.productId(), open, places));
      }
    }
    return held;
  }

  private static List<Place> fewest(
      Basket basket, Function<UUID, ProductStock> stock, List<Place> places) {
    int tried = 0;
    for (int size = 2; size < places.size() && tried < MAX_SETS; size++) {
      int[] chosen = first(size);
      do {
        List<Place> candidate = Arrays.stream(chosen).mapToObj(places::get).toList();
        if (serves(basket, stock, candidate)) {
          return candidate;
        }
        tried++;
      } while (tried < MAX_SETS && next(chosen, places.size()));
    }
    return greedy(basket, stock, places);
  }

  private static int[] first(int size) {
    int[] chosen = new int[size];
    Arrays.setAll(chosen, i -> i);
    return chosen;
  }

  /** The next combination in lexicographic order; false after the last. */
  private static boolean next(int[] chosen, int of) {
    for (int i = chosen.length - 1; i >= 0; i--) {
      if (chosen[i] < of - chosen.length + i) {
        chosen[i]++;
        for (int j = i + 1; j < chosen.length; j++) {
          chosen[j] = chosen[j - 1] + 1;
        }
        return true;
      }
    }
    return false;
  }

  private static boolean serves(
      Basket basket, Function<UUID, ProductStock> stock, List<Place> places) {
    for (Line line : basket.lines()) {
      long sum = 0;
      for (Place place : places) {
        sum += stock.apply(line.productId()).availableAt(place.code());
      }
      if (sum < line.quantity()) {
        return false;
      }
    }
    return true;
  }

  private static List<Place> greedy(
      Basket basket, Function<UUID, ProductStock> stock, List<Place> places) {
    Map<UUID, Integer> open = new HashMap<>();
    basket.lines().forEach(line -> open.put(line.productId(), line.quantity()));
    Set<Place> left = new HashSet<>(places);
    List<Place> chosen = new ArrayList<>();
    while (open.values().stream().anyMatch(units -> units > 0) && !left.isEmpty()) {
      Place best =
          left.stream()
              .min(
                  Comparator.comparingLong((Place place) -> -units(open, stock, place))
                      .thenComparing(Place.BY_PRIORITY))
              .orElseThrow();
      open.replaceAll(
          (product, units) -> Math.max(0, units - stock.apply(product).availableAt(best.code())));
      left.remove(best);
      chosen.add(best);
    }
    return chosen;
  }

  private static long units(
      Map<UUID, Integer> open, Function<UUID, ProductStock> stock, Place place) {
    long sum = 0;
    for (Map.Entry<UUID, Integer> line : open.entrySet()) {
      sum += Math.min(line.getValue(), stock.apply(line.getKey()).availableAt(place.code()));
    }
    return sum;
  }
}
