package dev.reserva.inventory.domain;

import static dev.reserva.inventory.domain.AllocationStrategy.FEWEST_SHIPMENTS;
import static dev.reserva.inventory.domain.AllocationStrategy.PRIORITY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationStrategyTest {

  private static final UUID MUG = new UUID(0, 1);
  private static final UUID TEA = new UUID(0, 2);
  private static final UUID POT = new UUID(0, 3);

  private final Map<UUID, List<StockLevel>> levels = new HashMap<>();

  @ParameterizedTest
  @EnumSource
  void a_location_that_can_serve_the_whole_order_serves_it(AllocationStrategy strategy) {
    stock(MUG, "A", 10, 1);
    stock(MUG, "B", 20, 5);
    stock(MUG, "C", 30, 5);
    stock(TEA, "B", 20, 1);
    stock(TEA, "C", 30, 1);

    Allocation allocation = strategy.allocate(basket(MUG, 3, TEA, 1), this::stock);

    assertThat(allocation)
        .isEqualTo(
            new Allocation(
                List.of(held(MUG, "B", 3), held(TEA, "B", 1)), AllocationReason.SERVES_ALL));
  }

  @ParameterizedTest
  @EnumSource
  void the_only_location_of_the_goods_needs_no_choice(AllocationStrategy strategy) {
    stock(MUG, "A", 10, 0);
    stock(MUG, "B", 20, 5);

    assertThat(strategy.allocate(basket(MUG, 5), this::stock))
        .isEqualTo(new Allocation(List.of(held(MUG, "B", 5)), AllocationReason.ONLY_LOCATION));
  }

  @Test
  void by_priority_each_line_is_taken_from_one_location_after_the_other() {
    stock(MUG, "A", 10, 2);
    stock(MUG, "B", 20, 2);
    stock(MUG, "C", 30, 9);
    stock(TEA, "A", 10, 1);

    assertThat(PRIORITY.allocate(basket(MUG, 6, TEA, 1), this::stock))
        .isEqualTo(
            new Allocation(
                List.of(held(MUG, "A", 2), held(MUG, "B", 2), held(MUG, "C", 2), held(TEA, "A", 1)),
                AllocationReason.SPLIT_BY_PRIORITY));
  }

  @Test
  void the_fewest_locations_share_an_order() {
    stock(MUG, "A", 10, 2);
    stock(MUG, "B", 20, 2);
    stock(MUG, "C", 30, 5);
    stock(TEA, "A", 10, 1);

    assertThat(FEWEST_SHIPMENTS.allocate(basket(MUG, 6, TEA, 1), this::stock))
        .isEqualTo(
            new Allocation(
                List.of(held(MUG, "A", 2), held(MUG, "C", 4), held(TEA, "A", 1)),
                AllocationReason.SPLIT_TO_FEWEST));
  }

  @Test
  void the_fewest_locations_are_found_where_the_largest_one_is_not_among_them() {
    // A alone has most units, but B and C together have both products and A is in no pair.
    stock(MUG, "A", 10, 5);
    stock(TEA, "A", 10, 5);
    stock(MUG, "B", 20, 8);
    stock(TEA, "C", 30, 8);
    stock(POT, "B", 20, 1);

    assertThat(FEWEST_SHIPMENTS.allocate(basket(MUG, 8, TEA, 8, POT, 1), this::stock).held())
        .containsExactly(held(MUG, "B", 8), held(TEA, "C", 8), held(POT, "B", 1));
  }

  @Test
  void many_locations_are_chosen_within_a_bounded_effort() {
    List<Held> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String code = "L%03d".formatted(i);
      stock(MUG, code, i, 1);
      expected.add(held(MUG, code, 1));
    }

    assertThat(FEWEST_SHIPMENTS.allocate(basket(MUG, 100), this::stock).held())
        .containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource
  void safety_stock_and_closed_locations_are_left_alone(AllocationStrategy strategy) {
    levels
        .computeIfAbsent(MUG, _ -> new ArrayList<>())
        .addAll(
            List.of(
                new StockLevel(MUG, new Place(new LocationCode("A"), 1, false), 0, 9, 0),
                new StockLevel(MUG, new Place(new LocationCode("B"), 2, true), 7, 9, 1),
                new StockLevel(MUG, new Place(new LocationCode("C"), 3, true), 0, 9, 0)));

    assertThat(strategy.allocate(basket(MUG, 2), this::stock).held())
        .containsExactly(held(MUG, "C", 2));
    assertThat(stock(MUG).available()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void every_line_is_allocated_whole_and_nothing_is_taken_that_is_not_there(
      AllocationStrategy strategy) {
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      levels.clear();
      List<Line> lines = new ArrayList<>();
      int[] priorities = random.ints(4, 0, 3).toArray();
      for (UUID product : List.of(MUG, TEA, POT)) {
        IntStream.range(0, 1 + random.nextInt(4))
            .forEach(i -> stock(product, "L" + i, priorities[i], random.nextInt(6)));
        int available = stock(product).available();
        if (available > 0) {
          lines.add(new Line(product, 1 + random.nextInt(available)));
        }
      }
      if (lines.isEmpty()) {
        continue;
      }
      Allocation allocation = strategy.allocate(new Basket(lines), this::stock);

      for (Line line : lines) {
        assertThat(
                allocation.held().stream()
                    .filter(held -> held.productId().equals(line.productId()))
                    .mapToInt(Held::quantity)
                    .sum())
            .isEqualTo(line.quantity());
      }
      assertThat(allocation.held())
          .doesNotHaveDuplicates()
          .allMatch(
              held -> held.quantity() <= stock(held.productId()).availableAt(held.location()));
    }
  }

  private void stock(UUID product, String location, int priority, int physical) {
    levels
        .computeIfAbsent(product, _ -> new ArrayList<>())
        .add(
            new StockLevel(
                product, new Place(new LocationCode(location), priority, true), 0, physical, 0));
  }

  private ProductStock stock(UUID product) {
    return new ProductStock(product, "SKU", 0, true, Objects.requireNonNull(levels.get(product)));
  }

  private static Held held(UUID product, String location, int quantity) {
    return new Held(product, new LocationCode(location), quantity);
  }

  private static Basket basket(Object... lines) {
    List<Line> all = new ArrayList<>();
    for (int i = 0; i < lines.length; i += 2) {
      all.add(new Line((UUID) lines[i], (Integer) lines[i + 1]));
    }
    return new Basket(all);
  }
}
