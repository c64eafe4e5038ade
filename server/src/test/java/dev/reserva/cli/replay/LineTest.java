package dev.reserva.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {

  @Test
  void a_sale_has_all_that_an_order_needs() {
    assertThat(Line.of("536365", "85123A", " WHITE HEART ", "6", "2.55", "17850.0"))
        .isEqualTo(
            new Line.Sale(
                "536365",
                "85123A",
                "WHITE HEART",
                6,
                new BigDecimal("2.55"),
                Optional.of("17850")));
  }

  @Test
  void prices_have_two_digits_whatever_the_file_prints() {
    assertThat(Line.of("1", "85123A", "x", "1", "2.5", ""))
        .isInstanceOfSatisfying(
            Line.Sale.class, sale -> assertThat(sale.price()).isEqualTo(new BigDecimal("2.50")));
  }

  @Test
  void a_line_without_customer_or_description_is_still_a_sale() {
    assertThat(Line.of("536544", "21773", "", "1", "2.51", ""))
        .isEqualTo(
            new Line.Sale("536544", "21773", "21773", 1, new BigDecimal("2.51"), Optional.empty()));
  }

  @Test
  void a_c_invoice_is_a_return() {
    assertThat(Line.of("C536391", "22556", "PLASTERS", "-12", "1.65", "17548.0"))
        .isEqualTo(new Line.Return("C536391", "22556", 12, Optional.of("17548")));
  }

  @ParameterizedTest
  @CsvSource({
    "A563185, B,       1,        11062.06, ADJUSTMENT",
    "536370,  POST,    3,        18.00,    NO_PRODUCT",
    "C536379, D,       -1,       27.50,    NO_PRODUCT",
    "539492,  gift_0001_40, 1,   34.04,    NO_PRODUCT",
    "537000,  m,       1,        3.00,     NO_PRODUCT",
    "536589,  21777,   -10,      0.00,     NO_QUANTITY",
    "536589,  21777,   0,        1.00,     NO_QUANTITY",
    "536414,  22139,   56,       0.00,     NO_PRICE",
    "536414,  22139,   56,       -1.00,    NO_PRICE",
    "536414,  22139,   56,       0.00,     NO_PRICE",
    "536414,  22139,   56,       0.001,    FINE_PRICE",
    "536414,  22139,   56,       1.005,    FINE_PRICE",
    "536414,  22139,   1000001,  1.00,     TOO_MANY",
    "C536414, 22139,   5,        1.00,     NOTHING_GIVEN_BACK",
    "536414,  22139,   1.5,      1.00,     UNREADABLE",
    "536414,  22139,   six,      1.00,     UNREADABLE",
    "536414,  22139,   6,        free,     UNREADABLE",
    "536414,  '',      6,        1.00,     UNREADABLE",
    "'',      22139,   6,        1.00,     UNREADABLE",
  })
  void a_line_that_cannot_be_replayed_has_a_reason(
      String invoice, String code, String quantity, String price, LeftOut reason) {
    assertThat(Line.of(invoice, code, "x", quantity, price, "17850.0"))
        .isEqualTo(new Line.Skipped(invoice, code, reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"22139", "85123A", "15056BL", "79323LP", "DCGS0076", "DCGSSBOY"})
  void product_codes_are_recognised_by_their_prefix(String code) {
    assertThat(Line.of("1", code, "x", "1", "1.00", "")).isInstanceOf(Line.Sale.class);
  }

  @Test
  void names_fit_into_the_catalogue() {
    assertThat(Line.of("1", "22139", "tab\tand\u0000null " + "x".repeat(300), "1", "1.00", ""))
        .isInstanceOfSatisfying(
            Line.Sale.class,
            sale ->
                assertThat(sale.name()).startsWith("tab and null xxx").hasSize(Line.LONGEST_NAME));
  }
}
