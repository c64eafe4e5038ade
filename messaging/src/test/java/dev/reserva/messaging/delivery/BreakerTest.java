package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.memory.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private final VirtualClock clock = new VirtualClock();
  private final Breaker breaker = new Breaker(clock::nanoTime);

  private Duration openFor() {
    Duration open = Duration.ZERO;
    while (breaker.isOpen()) {
      clock.elapse(Duration.ofMillis(100));
      open = open.plusMillis(100);
    }
    return open;
  }

  @Test
  void it_opens_twice_as_long_after_each_failure_in_a_row_up_to_30_s() {
    assertThat(breaker.isOpen()).isFalse();
    for (long millis : new long[] {100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600}) {
      breaker.failed();
      assertThat(openFor()).isEqualTo(Duration.ofMillis(millis));
    }
    for (int i = 0; i < 50; i++) {
      breaker.failed();
    }
    assertThat(openFor()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_success_begins_anew() {
    breaker.failed();
    breaker.failed();
    breaker.succeeded();
    assertThat(breaker.isOpen()).isFalse();

    breaker.failed();
    assertThat(openFor()).isEqualTo(Duration.ofMillis(100));
  }
}
