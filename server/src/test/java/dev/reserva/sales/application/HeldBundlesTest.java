package dev.reserva.sales.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.HeldItem;
import dev.reserva.contracts.SalesEvent.HeldPart;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.Reservation;
import dev.reserva.sales.domain.SampleOrders;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeldBundlesTest {

  private static final List<OrderLine> LINES = SampleOrders.bundledLines();
  private static final UUID MOUSE = new UUID(7, 1);
  private static final UUID MAT = new UUID(7, 2);
  private static final String NAME = "Mat, \"grey\" {1}";

  @Test
  void at_the_default_location_a_bundle_has_the_units_of_its_parts_beside_the_other_items() {
    List<HeldItem> items = HeldBundles.items(LINES, reservation());

    assertThat(items)
        .containsExactly(
            new HeldItem(MOUSE, "MOUSE", "Mouse", 2, brl("10.00"), brl("20.00"), "MAIN"),
            set(
                new HeldPart(MOUSE, "MOUSE", "Mouse", 3, "MAIN"),
                new HeldPart(MAT, "MAT", NAME, 6, "MAIN")));
  }

  @Test
  void units_of_several_locations_are_named_one_by_one_and_the_price_is_named_once() {
    List<HeldItem> items =
        HeldBundles.items(
            LINES,
            reservation(
                new HeldUnits(MOUSE, "NORTH", 1),
                new HeldUnits(MOUSE, "MAIN", 4),
                new HeldUnits(MAT, "NORTH", 6)));

    assertThat(items)
        .containsExactly(
            new HeldItem(MOUSE, "MOUSE", "Mouse", 1, brl("10.00"), brl("10.00"), "NORTH"),
            new HeldItem(MOUSE, "MOUSE", "Mouse", 1, brl("10.00"), brl("10.00"), "MAIN"),
            set(
                new HeldPart(MOUSE, "MOUSE", "Mouse", 3, "MAIN"),
                new HeldPart(MAT, "MAT", NAME, 6, "NORTH")));
  }

  @Test
  void a_reservation_of_other_units_is_unprocessable() {
    for (int mats : List.of(5, 7)) {
      assertThatThrownBy(() ->
              HeldBundles.items(
                  LINES,
                  reservation(new HeldUnits(MOUSE, "NORTH", 5), new HeldUnits(MAT, "NORTH", mats))))
          .isInstanceOf(Unprocessable.class)
          .hasMessageContaining(MAT.toString());
    }
  }

  private static HeldItem set(HeldPart... units) {
    return new HeldItem(
        SampleOrders.SET,
        "SET",
        "Set, \"small\"",
        3,
        brl("15.00"),
        brl("45.00"),
        null,
        List.of(units));
  }

  private static Reservation reservation(HeldUnits... held) {
    return new Reservation(new UUID(8, 1), Reservation.Status.CONFIRMED, null, List.of(held));
  }

  private static Money brl(String amount) {
    return Money.of(amount, "BRL");
  }
}
