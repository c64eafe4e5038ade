package dev.reserva.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Test
  void default_pauses_are_1_2_and_4_seconds_with_20_percent_jitter_and_then_retries_end() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      for (int attempts = 1; attempts <= 3; attempts++) {
        long millis = 1_000L << (attempts - 1);
        assertThat(RetryPolicy.DEFAULT.exhausted(attempts)).isFalse();
        assertThat(RetryPolicy.DEFAULT.pauseAfter(attempts, random))
            .isBetween(Duration.ofMillis(millis * 8 / 10), Duration.ofMillis(millis * 12 / 10));
      }
    }
    assertThat(RetryPolicy.DEFAULT.exhausted(4)).isTrue();
  }

  @Test
  void its_limits_are_checked() {
    assertThatThrownBy(() -> new RetryPolicy(Collections.nCopies(51, Duration.ZERO), 0))
        .hasMessage("delays must be 0..50, were 51");
    assertThatThrownBy(() -> new RetryPolicy(List.of(), 1.5))
        .hasMessage("jitter must be 0..1, was 1.5");
    assertThatThrownBy(() -> new RetryPolicy(List.of(Duration.ofMinutes(6)), 0))
        .hasMessage("a delay must be 0..5min, was PT6M");
  }

  @Test
  void a_pause_is_longer_or_shorter_by_the_jitter() {
    assertThat(RetryPolicy.DEFAULT.pauseAfter(2, new FixedRandom(0)))
        .isEqualTo(Duration.ofMillis(1_600));
    assertThat(RetryPolicy.DEFAULT.pauseAfter(2, new FixedRandom(0.5)))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(RetryPolicy.DEFAULT.pauseAfter(2, new FixedRandom(1)))
        .isEqualTo(Duration.ofMillis(2_400));
  }

  @Test
  void the_widest_policy_is_allowed() {
    var widest = new RetryPolicy(Collections.nCopies(50, RetryPolicy.LONGEST_PAUSE), 1);
    assertThat(widest.exhausted(50)).isFalse();
    assertThat(widest.exhausted(51)).isTrue();
    assertThat(new RetryPolicy(List.of(Duration.ZERO), 0).pauseAfter(1, new FixedRandom(0)))
        .isZero();
    assertThatThrownBy(() -> new RetryPolicy(List.of(Duration.ofMillis(-1)), 0))
        .hasMessage("a delay must be 0..5min, was PT-0.001S");
    assertThatThrownBy(() -> new RetryPolicy(List.of(), -0.1))
        .hasMessage("jitter must be 0..1, was -0.1");
  }
}
