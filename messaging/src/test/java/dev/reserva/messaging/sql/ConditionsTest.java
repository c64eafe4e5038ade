package dev.reserva.messaging.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConditionsTest {

  @Test
  void all_conditions_have_to_hold_and_their_values_stand_in_their_order() {
    Conditions conditions =
        new Conditions()
            .and("settled")
            .andIfPresent("order_id = ?", 7)
            .andIfPresent("customer_id = ?", null)
            .and("(a = ? or b = ?)", "x", "y");

    assertThat(conditions.where())
        .isEqualTo(" where settled and order_id = ? and (a = ? or b = ?) ");
    assertThat(conditions.values(50)).containsExactly(7, "x", "y", 50);
  }

  @Test
  void a_filter_without_parts_is_no_clause() {
    Conditions conditions = new Conditions().andIfPresent("order_id = ?", null);

    assertThat(conditions.where()).isBlank();
    assertThat(conditions.values(50)).containsExactly(50);
  }
}
