package dev.reserva.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts orders that were not accepted, and calls without an answer. */
final class Rejections {
  private final Map<String, Long> odd = new TreeMap<>();
  private final Histogram refusals = Latency.micros();
  private long unanswered;

  /**
   * An order was answered 503 with Retry-After.
   *
   * @param nanos from the request to that answer
   */
  synchronized void refused(long nanos) {
    Latency.record(refusals, nanos);
  }

  /** An order had an unexpected answer. */
  synchronized void answered(int status) {
    odd.merge(status == 503 ? "503 without Retry-After" : String.valueOf(status), 1L, Long::sum);
  }

  /** An order had no answer, so its outcome is unknown. */
  synchronized void unanswered(IOException failure) {
    unanswered++;
    odd.merge("no answer: " + failure.getClass().getSimpleName(), 1L, Long::sum);
  }

  synchronized long unanswered() {
    return unanswered;
  }

  /** Number of refused orders. */
  synchronized long refused() {
    return refusals.getTotalCount();
  }

  /** Latency of the refusals. */
  synchronized Latency refusalMillis() {
    return Latency.of(refusals);
  }

  /** Number of unexpected answers by kind. */
  synchronized Map<String, Long> odd() {
    return new TreeMap<>(odd);
  }
}
