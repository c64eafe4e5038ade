package dev.reserva.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {

  @Test
  void the_pause_doubles_up_to_an_hour() {
    Retries retries = new Retries(12);

    assertThat(retries.pause(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(retries.pause(2)).isEqualTo(Duration.ofSeconds(60));
    assertThat(retries.pause(7)).isEqualTo(Duration.ofMinutes(32));
    assertThat(retries.pause(8)).isEqualTo(Duration.ofHours(1));
    assertThat(retries.pause(100)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void the_last_attempt_is_the_one_that_is_allowed() {
    assertThat(new Retries(3).isLast(2)).isFalse();
    assertThat(new Retries(3).isLast(3)).isTrue();
  }
}
