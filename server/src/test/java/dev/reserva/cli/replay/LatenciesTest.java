package dev.reserva.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void a_percentile_is_what_so_many_did_not_exceed() {
    for (int i = 1500; i >= 1; i--) {
      latencies.add(Duration.ofMillis(i));
    }
    assertThat(latencies.percentile(0.5)).contains(Duration.ofMillis(750));
    assertThat(latencies.percentile(0.99)).contains(Duration.ofMillis(1485));
    assertThat(latencies.percentile(1)).contains(Duration.ofMillis(1500));
  }

  @Test
  void of_nothing_there_is_none() {
    assertThat(latencies.percentile(0.5)).isEqualTo(Optional.empty());
  }
}
