package dev.reserva.financial.adapters.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import org.junit.jupiter.api.Test;

class StripeAmountsTest {

  @Test
  void an_amount_is_a_whole_number_of_the_currencys_smallest_unit() {
    assertThat(StripeAmounts.of(Money.of("100.05", "BRL"))).isEqualTo(10_005);
    assertThat(StripeAmounts.of(Money.of("100", "JPY"))).isEqualTo(100);
    assertThat(StripeAmounts.of(Money.of("1.500", "KWD"))).isEqualTo(1_500);
    assertThat(StripeAmounts.of(Money.of("1000000000000", "BRL"))).isEqualTo(100_000_000_000_000L);
  }

  @Test
  void stripe_counts_two_decimals_in_some_currencies_that_have_none() {
    assertThat(StripeAmounts.of(Money.of("5", "ISK"))).isEqualTo(500);
    assertThat(StripeAmounts.of(Money.of("5", "UGX"))).isEqualTo(500);
  }

  @Test
  void an_amount_that_stripe_cannot_count_is_refused() {
    assertThatThrownBy(() -> StripeAmounts.of(Money.of("1.05", "MGA")))
        .isInstanceOf(ArithmeticException.class);
  }
}
