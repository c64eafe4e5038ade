package dev.reserva.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest {

  private static final QuietHours NIGHT = QuietHours.parse("22:00-08:00");

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T21:59:59Z, ",
    "2026-03-01T22:00:00Z, 2026-03-02T08:00:00Z",
    "2026-03-01T23:59:59Z, 2026-03-02T08:00:00Z",
    "2026-03-02T00:00:00Z, 2026-03-02T08:00:00Z",
    "2026-03-02T07:59:59Z, 2026-03-02T08:00:00Z",
    "2026-03-02T08:00:00Z, "
  })
  void a_night_ends_on_the_next_morning(Instant now, Instant end) {
    assertThat(NIGHT.endAfter(now, ZoneOffset.UTC).orElse(null)).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T11:59:59Z, ",
    "2026-03-01T12:00:00Z, 2026-03-01T14:00:00Z",
    "2026-03-01T14:00:00Z, "
  })
  void a_rest_at_noon_ends_on_the_same_day(Instant now, Instant end) {
    assertThat(QuietHours.parse("12:00-14:00").endAfter(now, ZoneOffset.UTC).orElse(null))
        .isEqualTo(end);
  }

  @Test
  void the_hours_are_those_of_the_zone_also_when_its_clocks_change() {
    ZoneId berlin = ZoneId.of("Europe/Berlin"); // one hour less in the night to 29 March

    assertThat(NIGHT.endAfter(Instant.parse("2026-03-28T21:00:00Z"), berlin))
        .contains(Instant.parse("2026-03-29T06:00:00Z"));
    assertThat(NIGHT.endAfter(Instant.parse("2026-03-28T20:59:59Z"), berlin)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "22:00", "22-8", "22:00-24:30", "08:00-08:00", "22:00-08:00-09:00"})
  void what_is_no_span_of_a_day_is_refused(String text) {
    assertThatThrownBy(() -> QuietHours.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quiet hours must");
  }
}
