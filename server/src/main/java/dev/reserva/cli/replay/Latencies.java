package dev.reserva.cli.replay;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Durations and their quantiles. Safe for use by many threads. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  synchronized void add(Duration duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = duration.toNanos();
  }

  /**
   * @param share such as 0.99: this share of all durations is not longer than the result
   */
  synchronized Optional<Duration> percentile(double share) {
    if (count == 0) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = Math.clamp((long) Math.ceil(share * count), 1, count);
    return Optional.of(Duration.ofNanos(sorted[rank - 1]));
  }
}
