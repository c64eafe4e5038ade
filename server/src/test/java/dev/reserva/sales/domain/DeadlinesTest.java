package dev.reserva.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadlinesTest {

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final Deadlines DEADLINES =
      new Deadlines(
          Duration.ofDays(7),
          Duration.ofSeconds(60),
          Duration.ofMinutes(20),
          Duration.ofSeconds(90));

  @Test
  void an_order_is_late_from_its_deadline_on() {
    assertThat(DEADLINES.lateAt(OrderStatus.PENDING, NOON)).contains(NOON.plusSeconds(60));
    assertThat(DEADLINES.lateAt(OrderStatus.PENDING_PAYMENT, NOON))
        .contains(NOON.plusSeconds(1200));
    assertThat(DEADLINES.lateAt(OrderStatus.PAID, NOON)).contains(NOON.plusSeconds(90));
    assertThat(DEADLINES.isLate(OrderStatus.PAID, NOON, NOON.plusSeconds(89))).isFalse();
    assertThat(DEADLINES.isLate(OrderStatus.PAID, NOON, NOON.plusSeconds(90))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = OrderStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PENDING", "PENDING_PAYMENT", "PAID"})
  void an_order_that_is_not_under_way_is_never_late(OrderStatus status) {
    assertThat(DEADLINES.lateAt(status, NOON)).isEmpty();
    assertThat(DEADLINES.isLate(status, NOON, NOON.plus(Duration.ofDays(9_999)))).isFalse();
  }

  @Test
  void half_of_the_deadlines_is_half_of_each() {
    assertThat(DEADLINES.half())
        .isEqualTo(
            new Deadlines(
                Duration.ofHours(84),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(45)));
  }
}
