package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.FixedRandom;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void pauses_double_from_100_milliseconds_up_to_5_seconds() {
    assertThat(IntStream.rangeClosed(1, 8).mapToObj(Backoff::after).map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    assertThat(Backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_pause_is_longer_or_shorter_by_up_to_20_percent() {
    Duration pause = Duration.ofMillis(100);

    assertThat(Backoff.jittered(pause, new FixedRandom(0))).isEqualTo(Duration.ofMillis(80));
    assertThat(Backoff.jittered(pause, new FixedRandom(0.5))).isEqualTo(pause);
    assertThat(Backoff.jittered(pause, new FixedRandom(1))).isEqualTo(Duration.ofMillis(120));
  }
}
