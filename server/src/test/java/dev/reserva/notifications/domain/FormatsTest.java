package dev.reserva.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatsTest {

  private final Formats formats = new Formats(ZoneId.of("America/Sao_Paulo"));

  private Object written(Detail detail, Language language) {
    return formats.written(Map.of("it", detail), language).getOrDefault("it", "");
  }

  private static String plain(Object text) {
    return text.toString().replace('\u00a0', ' ').replace('\u202f', ' ');
  }

  @Test
  void money_is_written_as_the_language_does_with_the_digits_of_its_currency() {
    Detail reais = new Detail.Amount(new BigDecimal("1599.80"), "BRL");
    Detail yen = new Detail.Amount(new BigDecimal("1500"), "JPY");

    assertThat(plain(written(reais, Language.PT))).isEqualTo("R$ 1.599,80");
    assertThat(plain(written(reais, Language.EN))).isEqualTo("R$1,599.80");
    assertThat(plain(written(reais, Language.ES))).isEqualTo("1.599,80 BRL");
    assertThat(plain(written(yen, Language.PT))).endsWith("1.500").doesNotContain(",");
  }

  @Test
  void times_are_told_in_the_zone_and_the_language() {
    Detail noon = new Detail.Moment(Instant.parse("2026-03-01T15:00:00Z"));

    assertThat(plain(written(noon, Language.PT))).contains("1 de mar. de 2026", "12:00");
    assertThat(plain(written(noon, Language.EN))).contains("1 Mar 2026", "12:00");
    assertThat(plain(written(noon, Language.ES))).contains("1 mar 2026", "12:00");
  }

  @Test
  void numbers_are_grouped_as_the_language_does_also_in_rows() {
    Detail rows = new Detail.Rows(List.of(Map.of("quantity", new Detail.Count(12_000))));

    assertThat(written(rows, Language.PT)).isEqualTo(List.of(Map.of("quantity", "12.000")));
    assertThat(written(rows, Language.EN)).isEqualTo(List.of(Map.of("quantity", "12,000")));
  }

  @Test
  void texts_stay_as_they_are() {
    assertThat(written(new Detail.Text("Ágil & <b>"), Language.ES)).isEqualTo("Ágil & <b>");
    assertThat(written(new Detail.Flag(true), Language.ES)).isEqualTo(true);
  }
}
