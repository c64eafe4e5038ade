package dev.reserva.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void the_median_of_an_odd_number_is_the_one_in_the_middle() {
    assertThat(Spread.of(List.of(3.0, 1.0, 10.0))).isEqualTo(new Spread(3, 1, 10));
  }

  @Test
  void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
  }

  @Test
  void the_text_has_the_range_in_brackets() {
    Spread spread = new Spread(1.5, 0.25, 12);
    assertThat(spread.text(2)).isEqualTo("1.50 [0.25–12.00]");
    assertThat(spread.medianText(0)).isEqualTo("2");
  }

  @Test
  void there_is_no_median_of_nothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
  }
}
