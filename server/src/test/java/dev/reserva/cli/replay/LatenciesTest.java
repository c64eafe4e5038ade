package dev.reserva.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void a_percentile_is_the_bound_of_that_share() {
    for (int i = 1500; i >= 1; i--) {
      latencies.add(Duration.ofMillis(i));
    }
    assertShare(0.5, Duration.ofMillis(750));
    assertShare(0.99, Duration.ofMillis(1485));
    assertShare(1, Duration.ofMillis(1500));
  }

  private void assertShare(double share, Duration expected) {
    assertThat(latencies.percentile(share).orElseThrow())
        .isCloseTo(expected, expected.dividedBy(1_000));
  }

  @Test
  void no_values_have_no_percentile() {
    assertThat(latencies.percentile(0.5)).isEqualTo(Optional.empty());
  }
}
