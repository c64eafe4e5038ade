package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private final RestartPolicy policy = new RestartPolicy();

  private List<Long> pausesUntilGivenUp(Duration wasReady) {
    List<Long> pauses = new ArrayList<>();
    Optional<Duration> pause = policy.pause(wasReady);
    while (pause.isPresent()) {
      pauses.add(pause.get().toMillis());
      pause = policy.pause(wasReady);
    }
    return pauses;
  }

  @Test
  void pauses_double_up_to_half_a_minute_and_end_after_ten() {
    assertThat(pausesUntilGivenUp(Duration.ofSeconds(59)))
        .containsExactly(
            500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L, 30_000L);
  }

  @Test
  void a_process_that_was_ready_for_a_minute_begins_anew() {
    pausesUntilGivenUp(Duration.ZERO);
    assertThat(policy.pause(Duration.ofMinutes(1))).contains(Duration.ofMillis(500));
    assertThat(policy.pause(Duration.ZERO)).contains(Duration.ofSeconds(1));
  }

  @Test
  void a_reset_gives_all_attempts_again() {
    pausesUntilGivenUp(Duration.ZERO);
    policy.reset();
    assertThat(pausesUntilGivenUp(Duration.ZERO)).hasSize(RestartPolicy.ATTEMPTS);
  }
}
