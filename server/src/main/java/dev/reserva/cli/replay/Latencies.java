package dev.reserva.cli.replay;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Durations of any number, exact to 0.1 %. Safe for use by many threads. */
final class Latencies {

  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram micros = new ConcurrentHistogram(SIGNIFICANT_DIGITS);

  void add(Duration duration) {
    micros.recordValue(duration.toNanos() / 1_000);
  }

  /**
   * The duration that a share of all did not exceed; empty when none was added.
   *
   * @param share 0..1, such as 0.99
   */
  Optional<Duration> percentile(double share) {
    return micros.getTotalCount() == 0
        ? Optional.empty()
        : Optional.of(Duration.of(micros.getValueAtPercentile(share * 100), ChronoUnit.MICROS));
  }
}
