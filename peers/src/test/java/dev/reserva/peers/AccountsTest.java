package dev.reserva.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Rush RUSH = new Rush(1_500, 1_000, 128);

  @Test
  void all_is_right_when_each_unit_went_to_one_buyer_who_paid() {
    assertThat(new Accounts(1_070, 500, 0, 1_070, 0, 0).faults(RUSH, 70)).isEmpty();
  }

  @Test
  void an_oversold_unit_is_a_fault() {
    assertThat(new Accounts(1_001, 499, 0, 1_001, 0, 0).faults(RUSH, 0))
        .containsExactly(
            "confirmed orders: 1001 instead of 1000",
            "cancelled orders: 499 instead of 500",
            "captured charges: 1001 instead of 1000");
  }

  @Test
  void a_charge_without_an_order_an_order_left_undecided_and_a_lost_unit_are_faults() {
    assertThat(new Accounts(1_000, 500, 1, 1_001, 2, 3).faults(RUSH, 0))
        .containsExactly(
            "undecided orders: 1 instead of 0",
            "captured charges: 1001 instead of 1000",
            "units left of the scarce products: 2 instead of 0",
            "broken sums: 3 instead of 0");
  }
}
