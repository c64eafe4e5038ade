package dev.reserva.bench;

import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** Percentiles of the latency of calls, in milliseconds. */
public record Latency(double p50, double p95, double p99, double p999, double max) {
  private static final double MICROS_PER_MILLI = 1000;

  /** Longer than any answer. */
  private static final long LONGEST_MICROS = 120_000_000;

  /** A histogram of microseconds. */
  static Histogram micros() {
    return new Histogram(LONGEST_MICROS, 3);
  }

  /** A histogram of microseconds for several threads. */
  static Histogram sharedMicros() {
    return new AtomicHistogram(LONGEST_MICROS, 3);
  }

  static void record(Histogram micros, long nanos) {
    micros.recordValue(Math.clamp(nanos / 1000, 0, LONGEST_MICROS));
  }

  static Latency of(Histogram micros) {
    return new Latency(
        at(micros, 50), at(micros, 95), at(micros, 99), at(micros, 99.9), at(micros, 100));
  }

  private static double at(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }
}
