package dev.reserva.sales.domain;

import static dev.reserva.sales.domain.SampleOrders.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.sales.domain.UnpaidHolds.Admitted;
import dev.reserva.sales.domain.UnpaidHolds.TooManyGivenUp;
import dev.reserva.sales.domain.UnpaidHolds.TooManyOrders;
import dev.reserva.sales.domain.UnpaidHolds.TooManyUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnpaidHoldsTest {

  private static final HoldLimits LIMITS = new HoldLimits(2, 10, 3);
  private static final UUID MOUSE = new UUID(1, 1);
  private static final UUID MAT = new UUID(1, 2);

  @Test
  void orders_are_admitted_up_to_the_limit_and_not_one_more() {
    UnpaidHolds holds = holding(0, Map.of());
    assertThat(holds.admit(units(MOUSE, 1))).isEqualTo(new Admitted());
    assertThat(holds.admit(units(MOUSE, 1))).isEqualTo(new Admitted());
    assertThat(holds.admit(units(MOUSE, 1))).isEqualTo(new TooManyOrders(2, 2));
    assertThat(holding(5, Map.of()).admit(units(MOUSE, 1))).isEqualTo(new TooManyOrders(5, 2));
  }

  @Test
  void the_units_of_all_unpaid_orders_count_for_each_product() {
    UnpaidHolds holds = holding(0, Map.of(MOUSE, 7L));
    List<OrderLine> four = units(MOUSE, 4);
    assertThat(holds.admit(four)).isEqualTo(new TooManyUnits(four.getFirst(), 7, 10));
    assertThat(holds.admit(units(MOUSE, 3))).isEqualTo(new Admitted());
    List<OrderLine> one = units(MOUSE, 1);
    assertThat(holds.admit(one)).isEqualTo(new TooManyUnits(one.getFirst(), 10, 10));
    assertThat(holds.admit(units(MAT, 10))).isEqualTo(new Admitted());
  }

  @Test
  void what_is_refused_counts_for_nothing() {
    UnpaidHolds holds = holding(1, Map.of());
    assertThat(holds.admit(units(MOUSE, 11))).isInstanceOf(TooManyUnits.class);
    assertThat(holds.admit(units(MOUSE, 10))).isEqualTo(new Admitted());
  }

  @Test
  void after_so_many_given_up_orders_of_an_hour_the_next_waits_for_the_oldest_to_pass() {
    assertThat(gaveUp(59, 70).admit(units(MOUSE, 1))).isEqualTo(new Admitted());
    assertThat(gaveUp(1, 20, 59).admit(units(MOUSE, 1)))
        .isEqualTo(new TooManyGivenUp(3, Duration.ofMinutes(1)));
    assertThat(gaveUp(1, 20, 30, 59).admit(units(MOUSE, 1)))
        .isEqualTo(new TooManyGivenUp(3, Duration.ofMinutes(30)));
    assertThat(gaveUp(1, 20, 60).admit(units(MOUSE, 1))).isEqualTo(new Admitted());
  }

  @Test
  void a_limit_that_admits_nobody_to_anything_is_refused() {
    assertThatThrownBy(() -> new HoldLimits(-1, 1, 1))
        .hasMessage("openOrders must be at least 0, was -1");
    assertThatThrownBy(() -> new HoldLimits(0, 0, 1))
        .hasMessage("unitsPerProduct must be at least 1, was 0");
    assertThatThrownBy(() -> new HoldLimits(0, 1, 0))
        .hasMessage("givenUpPerHour must be at least 1, was 0");
  }

  private static UnpaidHolds holding(int orders, Map<UUID, Long> units) {
    return new UnpaidHolds(LIMITS, orders, units, List.of(), NOON);
  }

  /**
   * @param minutes how long ago, the newest first
   */
  private static UnpaidHolds gaveUp(int... minutes) {
    List<Instant> placed =
        IntStream.of(minutes).mapToObj(ago -> NOON.minus(Duration.ofMinutes(ago))).toList();
    return new UnpaidHolds(LIMITS, 0, Map.of(), placed, NOON);
  }

  private static List<OrderLine> units(UUID product, int units) {
    return List.of(
        new OrderLine(product, "SKU", "Name", new Quantity(units), Money.of("1.00", "BRL")));
  }
}
