package dev.reserva.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {

  @Test
  void an_amount_has_the_digits_of_its_currency() {
    assertThat(Money.of("10", "BRL")).isEqualTo(Money.of("10.00", "BRL")).hasToString("10.00 BRL");
    assertThat(Money.of("10.00", "JPY")).hasToString("10 JPY");
    assertThatThrownBy(() -> Money.of("10.001", "BRL"))
        .hasMessage("amount must have at most 2 decimal digits in BRL, was 10.001");
    assertThatThrownBy(() -> Money.of("10.5", "JPY"))
        .hasMessage("amount must have at most 0 decimal digits in JPY, was 10.5");
  }

  @Test
  void an_amount_is_zero_to_a_million_millions() {
    assertThat(new Money(Money.MAX, "BRL").amount()).isEqualByComparingTo("1000000000000");
    assertThat(Money.zero("BRL").isZero()).isTrue();
    assertThat(Money.of("0.01", "BRL").isZero()).isFalse();
    assertThatThrownBy(() -> Money.of("1000000000000.01", "BRL"))
        .hasMessage("amount must be 0..1000000000000, was 1000000000000.01");
    assertThatThrownBy(() -> Money.of("-0.01", "BRL"))
        .hasMessage("amount must be 0..1000000000000, was -0.01");
  }

  @Test
  void a_number_of_hostile_size_is_refused_without_being_written_out() {
    assertThatThrownBy(() -> Money.of("1e999999999", "BRL"))
        .hasMessage("amount must be a plain number, had scale -999999999");
    assertThatThrownBy(() -> Money.of("1e31", "BRL")).hasMessageContaining("had scale -31");
    assertThatThrownBy(() -> Money.of("1e30", "BRL"))
        .hasMessage("amount must be 0..1000000000000, was 1" + "0".repeat(30));
    assertThatThrownBy(() -> Money.of("9".repeat(30), "BRL"))
        .hasMessage("amount must be 0..1000000000000, was " + "9".repeat(30));
    assertThatThrownBy(() -> Money.of("9".repeat(31), "BRL"))
        .hasMessage("amount must be 0..1000000000000, was a number of 31 digits");
  }

  @Test
  void a_currency_is_a_code_of_iso_4217() {
    assertThatThrownBy(() -> Money.of("1", "12345678"))
        .hasMessage("currency must be an ISO 4217 code such as BRL, was \"12345678\"");
    assertThatThrownBy(() -> Money.of("1", "123456789"))
        .hasMessage("currency must be an ISO 4217 code such as BRL, was \"12345678…\"");
  }

  @Test
  void amounts_of_one_currency_are_added_and_compared() {
    Money ten = Money.of("10.00", "BRL");
    assertThat(ten.plus(Money.of("0.05", "BRL"))).isEqualTo(Money.of("10.05", "BRL"));
    assertThat(ten.minus(Money.of("9.95", "BRL"))).isEqualTo(Money.of("0.05", "BRL"));
    assertThat(ten.times(3)).isEqualTo(Money.of("30.00", "BRL"));
    assertThat(ten).isGreaterThan(Money.of("9.99", "BRL")).isLessThan(Money.of("10.01", "BRL"));
    assertThat(ten.compareTo(new Money(BigDecimal.TEN, "BRL"))).isZero();
    assertThatThrownBy(() -> ten.plus(Money.of("1", "JPY")))
        .hasMessage("currencies must be the same, were BRL and JPY");
    assertThatThrownBy(() -> Money.of("1", "BRL").minus(ten))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
