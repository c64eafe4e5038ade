package dev.reserva.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NumberingTest {

  private static final Numbering BRAZIL = new Numbering("55");

  @Test
  void a_number_that_names_its_country_keeps_it() {
    assertThat(BRAZIL.international("+49 (89) 1234-567")).contains("+49891234567");
    assertThat(BRAZIL.international("0049 89/1234567")).contains("+49891234567");
  }

  @Test
  void a_national_number_gets_the_country_of_the_shop() {
    assertThat(BRAZIL.international("11 98765-4321")).contains("+5511987654321");
    assertThat(BRAZIL.international("(011) 98765-4321")).contains("+5511987654321");
    assertThat(new Numbering(null).international("11 98765-4321")).isEmpty();
  }

  @Test
  void what_is_too_short_or_too_long_cannot_be_reached() {
    assertThat(BRAZIL.international("+12345")).isEmpty();
    assertThat(BRAZIL.international("123456789012345")).isEmpty();
  }

  @Test
  void a_country_code_has_one_to_three_digits() {
    assertThatThrownBy(() -> new Numbering("+55")).hasMessageContaining("+55");
    assertThatThrownBy(() -> new Numbering("0")).hasMessageContaining("1..3 digits");
  }
}
