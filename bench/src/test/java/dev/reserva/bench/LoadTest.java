package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final Latency NOTHING = Latency.of(Latency.micros());

  @Test
  void percentiles_are_told_in_milliseconds() {
    Histogram micros = Latency.micros();
    for (int millis = 1; millis <= 1000; millis++) {
      Latency.record(micros, millis * 1_000_000L);
    }

    Latency latency = Latency.of(micros);

    assertThat(latency.p50()).isBetween(499.0, 501.0);
    assertThat(latency.p95()).isBetween(949.0, 951.0);
    assertThat(latency.p99()).isBetween(989.0, 991.0);
    assertThat(latency.p999()).isBetween(998.0, 1000.0);
    assertThat(latency.max()).isBetween(999.0, 1001.0);
  }

  @Test
  void a_rate_is_what_was_done_within_the_window() {
    Measured measured = new Measured(500, 510, 0, Duration.ofMillis(250), NOTHING, NOTHING);

    assertThat(measured.perSecond()).isEqualTo(2000);
  }

  @Test
  void a_load_without_a_call_that_ended_in_time_has_no_rate() {
    Measured late = new Measured(0, 3, 0, Duration.ofMillis(250), NOTHING, NOTHING);

    assertThatThrownBy(late::complete)
        .isInstanceOf(BenchFailure.class)
        .hasMessage("none of 3 calls ended within 250 ms, so there is no rate");
  }

  @Test
  void a_load_with_a_refused_call_has_no_result() {
    Measured refused = new Measured(9, 9, 1, Duration.ofMillis(250), NOTHING, NOTHING);

    assertThatThrownBy(refused::complete)
        .isInstanceOf(BenchFailure.class)
        .hasMessage("1 calls were refused, 9 succeeded");
    assertThat(refused.withRate().refusedPercent()).as("by the clock").isEqualTo(10);
    assertThatThrownBy(
            () -> new Measured(0, 0, 4, Duration.ofMillis(250), NOTHING, NOTHING).withRate())
        .isInstanceOf(BenchFailure.class);
  }

  @Test
  void calls_that_end_after_the_window_succeed_but_do_not_count_for_the_rate()
      throws InterruptedException {
    Measured measured = Load.closed(3, Duration.ofMillis(20), () -> calling(100, true));

    assertThat(measured.done()).isZero();
    assertThat(measured.succeeded()).isEqualTo(3);
    assertThat(measured.latency().max()).isGreaterThanOrEqualTo(99);
  }

  @Test
  void refused_calls_are_counted_apart() throws InterruptedException {
    Measured measured = Load.closed(1, Duration.ofMillis(20), () -> calling(5, false));

    assertThat(measured.succeeded()).isZero();
    assertThat(measured.refused()).isPositive();
  }

  @Test
  void a_closed_loop_is_never_late() throws InterruptedException {
    Measured measured = Load.closed(2, Duration.ofMillis(20), () -> calling(5, true));

    assertThat(measured.lateness().max()).isZero();
  }

  @Test
  void refusals_are_timed_and_counted_apart_from_unexpected_answers() {
    Rejections rejections = new Rejections();
    rejections.refused(8_000_000);
    rejections.answered(500);
    rejections.answered(503);
    rejections.unanswered(new EOFException());

    assertThat(rejections.refused()).isEqualTo(1);
    assertThat(rejections.refusalMillis().p99()).isBetween(7.9, 8.1);
    assertThat(rejections.odd())
        .isEqualTo(Map.of("500", 1L, "503 without Retry-After", 1L, "no answer: EOFException", 1L));
    assertThat(rejections.unanswered()).isEqualTo(1);
  }

  @Test
  void an_open_loop_starts_as_many_calls_as_the_clock_says() throws InterruptedException {
    Measured measured = Load.open(100, 4, Duration.ofMillis(200), () -> calling(1, true));

    assertThat(measured.succeeded()).isEqualTo(20);
  }

  @Test
  void an_open_loop_counts_the_time_that_a_call_waited_for_its_turn() throws InterruptedException {
    // Five calls are due within 50 ms, one at a time takes 40 ms: the last one ends 160 ms late.
    Measured measured = Load.open(100, 1, Duration.ofMillis(50), () -> calling(40, true));

    assertThat(measured.succeeded()).isEqualTo(5);
    assertThat(measured.latency().max()).isGreaterThanOrEqualTo(155);
    assertThat(measured.lateness().max()).isGreaterThanOrEqualTo(115);
  }

  @Test
  void one_failing_call_fails_the_run_and_all_clients_are_closed() {
    AtomicInteger closed = new AtomicInteger();
    Client.Factory door =
        () ->
            new Client() {
              @Override
              public boolean call() {
                throw new IllegalStateException("broken");
              }

              @Override
              public void close() {
                closed.incrementAndGet();
              }
            };

    assertThatThrownBy(() -> Load.closed(2, Duration.ofMillis(20), door))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("broken");
    assertThat(closed).hasValue(2);
  }

  @Test
  void a_client_that_cannot_connect_fails_the_run_before_it_begins() {
    AtomicInteger asked = new AtomicInteger();
    Client.Factory door =
        () -> {
          if (asked.incrementAndGet() == 2) {
            throw new IllegalStateException("closed today");
          }
          return calling(1, true);
        };

    assertThatThrownBy(() -> Load.closed(3, Duration.ofHours(1), door))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("closed today");
  }

  private static Client calling(long millis, boolean answer) {
    return new Client() {
      @Override
      public boolean call() throws InterruptedException {
        Thread.sleep(millis);
        return answer;
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
