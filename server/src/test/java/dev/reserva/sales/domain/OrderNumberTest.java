package dev.reserva.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OrderNumberTest {

  @Test
  void a_number_is_written_with_six_digits_at_least_and_its_check_digit() {
    // 572 has 4: the example of Damm's thesis.
    assertThat(new OrderNumber(572)).hasToString("R-000572-4");
    assertThat(new OrderNumber(1)).hasToString("R-000001-3");
    assertThat(new OrderNumber(123)).hasToString("R-000123-4");
    assertThat(new OrderNumber(OrderNumber.MAX).toString()).hasSize("R-999999999999-0".length());
  }

  @Test
  void a_number_is_read_whatever_the_case_of_its_letter() {
    assertThat(OrderNumber.parse("R-000572-4")).isEqualTo(new OrderNumber(572));
    assertThat(OrderNumber.parse(" r-000572-4 ")).isEqualTo(new OrderNumber(572));
  }

  @Test
  void an_ill_formed_number_is_refused_with_an_example() {
    for (String text :
        new String[] {"", "572", "R-572-4", "R-000572", "X-000572-4", "R-٠٠٠٥٧٢-4"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OrderNumber.parse(text))
          .withMessage("must be the number of an order such as R-000123-4");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OrderNumber.parse("R-000000-0"))
        .withMessageContaining("1..999999999999");
    assertThatIllegalArgumentException().isThrownBy(() -> new OrderNumber(OrderNumber.MAX + 1));
  }

  @Property
  void every_number_reads_as_it_is_written(
      @ForAll @LongRange(min = 1, max = OrderNumber.MAX) long value) {
    var number = new OrderNumber(value);
    assertThat(OrderNumber.parse(number.toString())).isEqualTo(number);
  }

  @Property
  void a_wrong_digit_is_always_detected(
      @ForAll @LongRange(min = 1, max = OrderNumber.MAX) long value,
      @ForAll @IntRange(max = 12) int place,
      @ForAll @IntRange(min = 1, max = 9) int change) {
    char[] digits = "%012d%d".formatted(value, new OrderNumber(value).checkDigit()).toCharArray();
    digits[place] = (char) ('0' + (digits[place] - '0' + change) % 10);
    assertRefused(digits);
  }

  @Property
  void two_swapped_adjacent_digits_are_always_detected(
      @ForAll @LongRange(min = 1, max = OrderNumber.MAX) long value,
      @ForAll @IntRange(max = 11) int place) {
    char[] digits = "%012d%d".formatted(value, new OrderNumber(value).checkDigit()).toCharArray();
    char first = digits[place];
    digits[place] = digits[place + 1];
    digits[place + 1] = first;
    if (first != digits[place]) {
      assertRefused(digits);
    }
  }

  private static void assertRefused(char[] digits) {
    String written = new String(digits);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> OrderNumber.parse("R-" + written.substring(0, 12) + "-" + written.charAt(12)));
  }
}
