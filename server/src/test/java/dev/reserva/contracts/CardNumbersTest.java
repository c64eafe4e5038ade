package dev.reserva.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4111111111111111                                | 16
          tok_4111111111111111                            | 16
          378282246310005                                 | 15
          3782 822463 10005                               | 15
          6304000000000000                                | 16
          676770000005                                    | 12
          6212341111111111116                             | 19
          4111 1111 1111 1111                             | 16
          4111-1111-1111-1111                             | 16
          4111.1111.1111.1111                             | 16
          4111 - 1111 1111 1111                           | 16
          4111  1111  1111  1111                          | 16
          4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1                 | 16
          pay 12 with 4111 1111 1111 1111 123 please      | 16
          on 2026-11-25 4111111111111111                  | 16
          ４１１１１１１１１１１１１１１１                | 16
          ٤١١١١١١١١١١١١١١١                                | 16
          4111\u00a01111\u20131111 1111                   | 16
          """)
  void a_number_with_a_valid_check_digit_is_found(String text, int digits) {
    assertThat(CardNumbers.digitsIn(text.translateEscapes())).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tok_approve",
        "4111111111111112",
        "41111111111",
        "41111111111111111111111",
        "Rua 25 de Março 1000, 01021-200 São Paulo",
        "delivered on 2026-11-25 at 10:00, again on 2026-11-26",
        "order 41111111-1111-1111-8111-111111111111",
        "a 4111 b 1111 c 1111 d 1111",
        "4111,1111,1111,1111"
      })
  void other_text_is_not(String text) {
    assertThat(CardNumbers.digitsIn(text)).isZero();
    assertThat(CardNumbers.refuse(text)).isSameAs(text);
  }

  @Test
  void the_refusal_does_not_show_the_number() {
    assertThatThrownBy(() -> CardNumbers.refuse("my card is 4111 1111 1111 1111"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "must not contain what may be a card number (12..19 digits with a valid check digit),"
                + " had one of 16 digits");
  }
}
