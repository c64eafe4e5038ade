package dev.reserva.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BundleTest {

  private static final UUID CUP = new UUID(1, 1);
  private static final UUID PLATE = new UUID(1, 2);
  private static final UUID SET = new UUID(1, 3);
  private static final Bundle TABLE = Bundle.of(List.of(new Line(CUP, 2), new Line(PLATE, 3)));

  @Test
  void a_bundle_has_at_least_one_part_and_at_most_fifty() {
    List<Line> fifty = lines(Bundle.MOST_PARTS);
    assertThat(Bundle.of(fifty).parts()).hasSize(50);
    assertThatThrownBy(() -> Bundle.of(List.of()))
        .hasMessage("bundle must have 1..50 parts, had 0");
    assertThatThrownBy(() -> Bundle.of(lines(51)))
        .hasMessage("bundle must have 1..50 parts, had 51");
  }

  private static List<Line> lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Line(new UUID(2, i), 1)).toList();
  }

  @Test
  void a_bundle_names_each_part_once_and_at_most_a_million_units_of_it() {
    assertThatThrownBy(() -> Bundle.of(Collections.nCopies(2, new Line(CUP, 1))))
        .hasMessage("bundle must name each product once, names %s twice".formatted(CUP));
    assertThat(Bundle.of(List.of(new Line(CUP, 1_000_000))).products()).containsExactly(CUP);
    assertThatThrownBy(() -> Bundle.of(List.of(new Line(CUP, 1_000_001))))
        .hasMessage("quantity must be 1..1000000, was 1000001");
  }

  @Test
  void the_scarcest_part_decides_how_many_bundles_are_available() {
    Map<UUID, Integer> available = Map.of(CUP, 7, PLATE, 8);

    assertThat(TABLE.available(part -> available.getOrDefault(part, 0))).isEqualTo(2);
    assertThat(TABLE.available(part -> part.equals(CUP) ? 100 : 2)).isZero();
    assertThat(TABLE.available(_ -> Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE / 3);
  }

  @Test
  void bundles_are_taken_apart_and_what_is_ordered_by_itself_stays() {
    List<Line> units =
        Bundle.unitsOf(
            List.of(
                new Bundle.Ordered(new Line(CUP, 1), Bundle.NONE),
                new Bundle.Ordered(new Line(SET, 4), TABLE)));

    assertThat(units).containsExactly(new Line(CUP, 1), new Line(CUP, 8), new Line(PLATE, 12));
    assertThat(Basket.of(units).lines()).containsExactly(new Line(CUP, 9), new Line(PLATE, 12));
  }

  @Test
  void more_units_than_can_be_counted_are_refused() {
    var much = Bundle.of(List.of(new Line(CUP, 1_000_000)));

    assertThatThrownBy(
            () -> Bundle.unitsOf(List.of(new Bundle.Ordered(new Line(SET, 2_148), much))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at most 2147483647 in 2148 bundles, was 2148000000");
  }
}
