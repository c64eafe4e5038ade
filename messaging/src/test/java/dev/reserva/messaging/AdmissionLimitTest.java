package dev.reserva.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.GroupCommit.Limits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests which callers may wait and which are refused, on a virtual clock. */
class AdmissionLimitTest {

  private static final int MIN_WAITING = 10;
  private static final Duration MAX_WAIT = Duration.ofMillis(500);

  private long now = 1;
  private final AdmissionLimit limit =
      new AdmissionLimit(new Limits(100, MIN_WAITING, 10_000, MAX_WAIT), () -> now);

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Sends this many callers; returns how many are admitted. */
  private int come(int callers) {
    int admitted = 0;
    for (int i = 0; i < callers; i++) {
      if (limit.admits()) {
        limit.entered();
        admitted++;
      }
    }
    return admitted;
  }

  /** Commits one group of at most 100 while no caller arrives. */
  private void commit(long millis) {
    limit.groupBegins();
    int group = Math.min(100, limit.waiting());
    pass(millis);
    limit.groupEnds(group, group == limit.waiting());
  }

  /** Commits groups for a second, one every 100 ms, while this many callers arrive for each. */
  private int busySecond(int callersPerGroup) {
    int admitted = 0;
    for (int i = 0; i < 10; i++) {
      admitted += come(callersPerGroup);
      commit(100);
    }
    return admitted;
  }

  @Test
  void callers_are_admitted_while_commits_keep_up() {
    for (int second = 0; second < 20; second++) {
      assertThat(busySecond(100)).isEqualTo(1_000);
    }
  }

  @Test
  void at_three_times_the_load_the_queue_holds_what_commits_within_the_longest_wait() {
    busySecond(300); // half of it is a burst
    busySecond(300);
    for (int second = 0; second < 20; second++) {
      assertThat(busySecond(300)).isBetween(999, 1_001);
    }
    come(300);
    assertThat(limit.waiting()).isBetween(499, 501); // 1,000 a second, half a second long
    assertThat(limit.expectedWait()).isBetween(MAX_WAIT, MAX_WAIT.plusMillis(2));
  }

  @Test
  void the_limit_follows_the_rate() {
    busySecond(300);
    for (int i = 0; i < 50; i++) {
      come(300);
      commit(400); // four times slower
    }
    come(300);
    assertThat(limit.waiting()).isBetween(124, 126);
    for (int i = 0; i < 500; i++) {
      come(300);
      commit(10); // ten times faster than at first
    }
    come(5_000);
    assertThat(limit.waiting()).isBetween(4_700, 5_001);
  }

  @Test
  void a_burst_that_meets_an_idle_committer_is_admitted() {
    limit.entered();
    commit(50); // a lone command: 20 a second
    assertThat(come(2_000)).isEqualTo(2_000);
    for (int i = 0; i < 4; i++) {
      commit(50);
      assertThat(come(100)).isEqualTo(100);
    }
  }

  @Test
  void after_slow_single_commands_the_least_number_may_wait() {
    limit.entered();
    for (int i = 0; i < 5; i++) {
      limit.groupBegins();
      pass(1_000);
      assertThat(come(1)).isEqualTo(1);
      limit.groupEnds(1, false);
    }
    come(100);
    assertThat(limit.waiting()).isEqualTo(MIN_WAITING);
  }

  @Test
  void while_nothing_commits_only_the_least_number_may_wait() {
    busySecond(100);
    come(20);
    limit.groupBegins();
    pass(400);
    assertThat(come(1)).isEqualTo(1);
    pass(200);
    assertThat(come(1)).isZero();
    assertThat(limit.expectedWait()).isEqualTo(Duration.ofMillis(600));
    limit.groupEnds(21, true);
    assertThat(come(MIN_WAITING + 1)).isEqualTo(MIN_WAITING + 1);
  }

  @Test
  void a_refused_caller_is_told_when_the_queue_will_be_committed() {
    assertThat(limit.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    come(100);
    limit.groupBegins();
    pass(7_000);
    assertThat(limit.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    pass(700_000);
    assertThat(limit.retryAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_withdrawn_command_does_not_count_as_waiting() {
    limit.entered();
    limit.takenBack();
    assertThat(limit.waiting()).isZero();
  }

  @Test
  void limits_below_one_are_refused() {
    assertThatThrownBy(() -> new Limits(0, 1, 1, MAX_WAIT))
        .hasMessage("maxGroup, minWaiting and maxWaiting must be at least 1, were 0, 1 and 1");
    assertThatThrownBy(() -> new Limits(1, 0, 1, MAX_WAIT)).hasMessageContaining("were 1, 0 and 1");
    assertThatThrownBy(() -> new Limits(1, 1, 0, MAX_WAIT)).hasMessageContaining("were 1, 1 and 0");
    assertThatThrownBy(() -> new Limits(1, 1, 1, Duration.ZERO))
        .hasMessage("maxWait must be above zero, was PT0S");
  }

  @Test
  void a_burst_lasts_for_the_longest_wait_and_no_longer() {
    busySecond(100); // a millisecond each
    come(2_000);
    limit.groupBegins();
    pass(499);
    assertThat(come(1)).isEqualTo(1);
    pass(1);
    assertThat(come(1)).isZero();
  }

  @Test
  void whoever_waits_for_exactly_the_longest_wait_is_admitted() {
    come(MIN_WAITING);
    limit.groupBegins();
    pass(500);
    assertThat(limit.expectedWait()).isEqualTo(MAX_WAIT);
    assertThat(come(1)).isEqualTo(1);
    now++;
    assertThat(come(1)).isZero();
  }

  @Test
  void a_group_from_which_everybody_was_taken_back_says_nothing_about_the_rate() {
    limit.groupBegins();
    pass(1);
    limit.groupEnds(0, false);
    come(MIN_WAITING);
    pass(600);
    assertThat(come(1)).isEqualTo(1);
  }

  @Test
  void a_group_counts_half_a_second_later() {
    limit.entered();
    limit.groupBegins();
    pass(1_000); // one command took a second
    limit.groupEnds(1, false);
    for (int i = 0; i < 3; i++) {
      limit.entered();
    }
    limit.groupBegins();
    pass(1_000); // three took one
    limit.groupEnds(3, false);
    limit.entered();
    // The first group counts half: 1.5 s for 3.5 commands.
    assertThat(limit.expectedWait()).isBetween(Duration.ofMillis(428), Duration.ofMillis(429));
  }
}
