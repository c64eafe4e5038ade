package dev.reserva.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndpointTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Answer OK = answered(204);
  private static final Answer BROKEN = answered(500);

  private final Endpoint endpoint =
      Endpoint.registered(
          new UUID(1, 1),
          new Endpoint.Target(
              "https://shop.example/", List.of(new EventFilter("sales.order.*")), null, false),
          "sealed",
          START);

  private static Answer answered(int status) {
    return new Answer(status, 1, null, null);
  }

  private static Instant after(Duration time) {
    return START.plus(time);
  }

  @Test
  void a_filter_is_everything_a_prefix_or_one_type() {
    assertThat(new EventFilter("*").matches("sales.order.created")).isTrue();
    assertThat(new EventFilter("sales.*").matches("sales.order.created")).isTrue();
    assertThat(new EventFilter("sales.order.created").matches("sales.order.created")).isTrue();
    assertThat(new EventFilter("sales.order").matches("sales.order.created")).isFalse();
    assertThat(new EventFilter("sales.order.*").matches("sales.orders.created")).isFalse();
    for (String wrong : List.of("", "sales.", "*.created", "sales.*.created", "Sales", "a b")) {
      assertThatThrownBy(() -> new EventFilter(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void an_endpoint_does_not_hear_of_itself() {
    assertThat(endpoint.gets("sales.order.paid", new UUID(2, 2))).isTrue();
    assertThat(endpoint.gets("sales.order.paid", endpoint.id())).isFalse();
  }

  @Test
  void it_is_disabled_when_every_attempt_of_five_days_has_failed() {
    Endpoint failing = endpoint.attempted(BROKEN, START);
    assertThat(failing.failingSince()).isEqualTo(START);
    Instant almost = after(Endpoint.PATIENCE).minusMillis(1);
    assertThat(failing.attempted(BROKEN, almost)).isEqualTo(failing);
    assertThat(failing.attempted(BROKEN, after(Endpoint.PATIENCE)).disabledReason())
        .isEqualTo(DisabledReason.FAILING);
    Endpoint healed = failing.attempted(OK, almost);
    assertThat(healed.failingSince()).isNull();
    assertThat(healed.attempted(BROKEN, after(Endpoint.PATIENCE)).state())
        .isEqualTo(EndpointState.ACTIVE);
  }

  @Test
  void an_answer_410_disables_at_once() {
    assertThat(endpoint.attempted(answered(410), START).disabledReason())
        .isEqualTo(DisabledReason.GONE);
  }

  @Test
  void a_probe_decides_whether_an_endpoint_is_active_again() {
    Endpoint probed = endpoint.disabled(DisabledReason.FAILING, START).probed(START);
    assertThat(probed.attempted(OK, START).state()).isEqualTo(EndpointState.ACTIVE);
    assertThat(probed.attempted(BROKEN, START).disabledReason())
        .isEqualTo(DisabledReason.PROBE_FAILED);
  }

  @Test
  void a_late_answer_changes_nothing_of_a_disabled_endpoint() {
    Endpoint disabled = endpoint.disabled(DisabledReason.OPERATOR, START);
    assertThat(disabled.attempted(OK, START)).isEqualTo(disabled);
  }

  @Test
  void the_former_secret_signs_for_a_day() {
    Endpoint rotated = endpoint.rotated("new", START);
    assertThat(rotated.secrets().present()).isEqualTo("new");
    assertThat(rotated.secrets().former(after(Duration.ofHours(23)))).isEqualTo("sealed");
    assertThat(rotated.secrets().former(after(Endpoint.ROTATION))).isNull();
  }

  @Test
  void a_retry_waits_up_to_a_fifth_shorter_or_longer() {
    RetrySchedule retries = new RetrySchedule(List.of(Duration.ofSeconds(5)));
    assertThat(retries.next(1, START, 0)).contains(START.plusSeconds(4));
    assertThat(retries.next(1, START, 0.5)).contains(START.plusSeconds(5));
    assertThat(retries.next(1, START, 1)).contains(START.plusSeconds(6));
    assertThat(retries.next(2, START, 0.5)).isEmpty();
  }

  @Test
  void a_delivery_fails_after_its_last_attempt_and_can_be_redelivered() {
    RetrySchedule once = new RetrySchedule(List.of(Duration.ofSeconds(5)));
    Delivery second = delivery(DeliveryKind.EVENT, null).attempted(BROKEN, once, 0.5, START);
    assertThat(second.status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(second.dueAt()).isEqualTo(START.plusSeconds(5));
    Delivery failed = second.attempted(BROKEN, once, 0.5, START);
    assertThat(failed.status()).isEqualTo(DeliveryStatus.FAILED);
    Delivery again = failed.again(after(Duration.ofDays(1)));
    assertThat(again.status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(again.attempts()).isEqualTo(2);
    assertThat(again.attempted(BROKEN, once, 0.5, START).status())
        .isEqualTo(DeliveryStatus.PENDING);
  }

  @Test
  void a_test_is_attempted_once() {
    RetrySchedule once = new RetrySchedule(List.of(Duration.ofSeconds(5)));
    assertThat(delivery(DeliveryKind.TEST, null).attempted(BROKEN, once, 0.5, START).status())
        .isEqualTo(DeliveryStatus.FAILED);
  }

  private Delivery delivery(DeliveryKind kind, @Nullable Instant endedAt) {
    return new Delivery(
        new UUID(3, 3),
        endpoint.id(),
        kind,
        new UUID(4, 4),
        "sales.order.paid",
        new UUID(5, 5),
        7,
        "{}",
        DeliveryStatus.PENDING,
        0,
        0,
        START,
        START,
        endedAt);
  }
}
