package dev.reserva.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderedUnitsTest {

  private static final UUID CUP = new UUID(1, 1);
  private static final UUID PLATE = new UUID(1, 2);
  private static final UUID SET = new UUID(2, 1);
  private static final UUID PAIR = new UUID(2, 2);

  @Test
  void an_order_needs_its_products_and_the_parts_of_its_bundles() {
    List<OrderLine> lines = List.of(line(CUP, 1), line(SET, 3, part(CUP, 2), part(PLATE, 1)));

    assertThat(OrderedUnits.of(lines)).isEqualTo(Map.of(CUP, 7L, PLATE, 3L));
  }

  @Test
  void without_bundles_a_line_counts_what_has_arrived_of_it() {
    List<OrderLine> lines = List.of(line(CUP, 5), line(PLATE, 2));

    assertThat(OrderedUnits.delivered(lines, Map.of(CUP, 3L)))
        .isEqualTo(Map.of(CUP, 3L, PLATE, 0L));
  }

  @Test
  void a_bundle_is_delivered_as_often_as_its_scarcest_part_is_there() {
    List<OrderLine> lines = List.of(line(SET, 3, part(CUP, 2), part(PLATE, 1)));

    assertThat(OrderedUnits.delivered(lines, Map.of(CUP, 5L, PLATE, 3L))).containsEntry(SET, 2L);
    assertThat(OrderedUnits.delivered(lines, Map.of(CUP, 6L, PLATE, 1L))).containsEntry(SET, 1L);
    assertThat(OrderedUnits.delivered(lines, Map.of(CUP, 6L))).containsEntry(SET, 0L);
  }

  @Test
  void a_missing_unit_is_missed_by_every_line_that_needs_it() {
    List<OrderLine> lines = List.of(line(CUP, 4), line(SET, 2, part(CUP, 2)));

    assertThat(OrderedUnits.delivered(lines, Map.of(CUP, 7L))).isEqualTo(Map.of(CUP, 3L, SET, 1L));
    assertThat(OrderedUnits.delivered(lines, Map.of(CUP, 8L))).isEqualTo(Map.of(CUP, 4L, SET, 2L));
  }

  @Test
  void lines_never_count_more_together_than_was_delivered_and_everything_once_all_is_there() {
    for (int i = 0; i < 20_000; i++) {
      int seed = i;
      var random = new Random(seed);
      List<OrderLine> lines = anyLines(random);
      Map<UUID, Long> needed = OrderedUnits.of(lines);
      Map<UUID, Long> arrived = new HashMap<>();
      needed.forEach(
          (product, units) -> arrived.put(product, (long) random.nextInt((int) (units + 1))));

      Map<UUID, Long> counted = counted(lines, OrderedUnits.delivered(lines, arrived));
      counted.forEach((product, units) ->
          assertThat(units)
              .as("seed %d, product %s of %s", seed, product, lines)
              .isLessThanOrEqualTo(arrived.getOrDefault(product, 0L)));
      assertThat(counted(lines, OrderedUnits.delivered(lines, needed))).isEqualTo(needed);
    }
  }

  /** The units that the lines count of each product. */
  private static Map<UUID, Long> counted(List<OrderLine> lines, Map<UUID, Long> delivered) {
    Map<UUID, Long> counted = new HashMap<>();
    for (OrderLine line : lines) {
      long times = delivered.getOrDefault(line.productId(), 0L);
      assertThat(times).isBetween(0L, (long) line.quantity().value());
      for (OrderedUnits.Need need : OrderedUnits.of(line)) {
        counted.merge(need.productId(), times * need.each(), Long::sum);
      }
    }
    return counted;
  }

  private static List<OrderLine> anyLines(Random random) {
    List<OrderLine> lines = new ArrayList<>();
    if (random.nextBoolean()) {
      lines.add(line(CUP, 1 + random.nextInt(5)));
    }
    if (random.nextBoolean()) {
      lines.add(line(PLATE, 1 + random.nextInt(5)));
    }
    if (random.nextBoolean()) {
      lines.add(line(PAIR, 1 + random.nextInt(5), part(CUP, 1 + random.nextInt(3))));
    }
    lines.add(
        line(
            SET,
            1 + random.nextInt(5),
            part(CUP, 1 + random.nextInt(3)),
            part(PLATE, 1 + random.nextInt(3))));
    return lines;
  }

  @Test
  void held_units_are_divided_among_the_lines_in_their_order() {
    List<OrderLine> lines = List.of(line(CUP, 2), line(SET, 2, part(CUP, 1), part(PLATE, 1)));
    List<HeldUnits> held =
        List.of(
            new HeldUnits(CUP, "NORTH", 3),
            new HeldUnits(CUP, "MAIN", 1),
            new HeldUnits(PLATE, "MAIN", 2));

    assertThat(OrderedUnits.divide(lines, held))
        .containsExactly(
            List.of(new HeldUnits(CUP, "NORTH", 2)),
            List.of(
                new HeldUnits(CUP, "NORTH", 1),
                new HeldUnits(CUP, "MAIN", 1),
                new HeldUnits(PLATE, "MAIN", 2)));
  }

  @Test
  void other_units_than_the_lines_need_are_refused() {
    List<OrderLine> lines = List.of(line(SET, 2, part(CUP, 1)));

    assertThatThrownBy(() -> OrderedUnits.divide(lines, List.of(new HeldUnits(CUP, "MAIN", 1))))
        .hasMessageContaining("holds 1 units of product %s too few".formatted(CUP));
    assertThatThrownBy(() -> OrderedUnits.divide(lines, List.of(new HeldUnits(CUP, "MAIN", 3))))
        .hasMessageContaining("holds 1 more units of product " + CUP);
    assertThatThrownBy(() ->
            OrderedUnits.divide(
                lines, List.of(new HeldUnits(CUP, "MAIN", 2), new HeldUnits(SET, "MAIN", 2))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OrderLine line(UUID product, int quantity, Part... parts) {
    return new OrderLine(
        product,
        "SKU",
        "Name",
        new Quantity(quantity),
        Money.of("1.00", "BRL"),
        null,
        null,
        List.of(parts));
  }

  private static Part part(UUID product, int quantity) {
    return new Part(product, "PART", "Part", quantity);
  }
}
