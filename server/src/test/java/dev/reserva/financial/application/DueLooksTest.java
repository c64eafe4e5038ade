package dev.reserva.financial.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueLooksTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final DueLooks looks = new DueLooks(0);

  @Test
  void while_results_keep_coming_a_look_is_made_now_and_then() {
    looks.looked(Instant.EPOCH, NOON, SECOND);

    assertThat(looks.isTime(SECOND + Duration.ofMillis(249).toNanos())).isFalse();
    assertThat(looks.isTime(SECOND + Duration.ofMillis(251).toNanos())).isTrue();
  }

  @Test
  void the_first_look_is_at_all_that_is_due_and_the_next_reaches_back_to_it() {
    assertThat(looks.since(SECOND)).isEqualTo(Instant.EPOCH);

    looks.looked(Instant.EPOCH, NOON, SECOND);

    assertThat(looks.since(2 * SECOND)).isEqualTo(NOON.minusSeconds(2));
  }

  @Test
  void due_work_that_found_no_room_is_looked_for_again() {
    looks.looked(Instant.EPOCH, NOON, SECOND);
    looks.looked(NOON.minusSeconds(2), null, 2 * SECOND);

    assertThat(looks.since(3 * SECOND)).isEqualTo(NOON.minusSeconds(2));
  }

  @Test
  void all_that_is_due_is_looked_at_every_half_minute() {
    looks.looked(Instant.EPOCH, NOON, SECOND);
    looks.looked(NOON.minusSeconds(2), NOON.plusSeconds(29), 30 * SECOND);

    assertThat(looks.since(31 * SECOND)).isEqualTo(NOON.plusSeconds(27));
    assertThat(looks.since(32 * SECOND)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void a_whole_look_that_there_was_no_room_for_is_made_again() {
    looks.looked(Instant.EPOCH, null, SECOND);

    assertThat(looks.since(2 * SECOND)).isEqualTo(Instant.EPOCH);
  }
}
