package dev.reserva.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Answers to orders that were not accepted, and calls without an answer. */
final class Rejections {
  private final Map<String, Long> odd = new TreeMap<>();
  private final Histogram refusals = Latency.micros();
  private long unanswered;

  /**
   * The order was answered 503 with Retry-After.
   *
   * @param nanos from the request to that answer
   */
  synchronized void refused(long nanos) {
    Latency.record(refusals, nanos);
  }

  /** The order was answered in a way that nobody expects. */
  synchronized void answered(int status) {
    odd.merge(status == 503 ? "503 without Retry-After" : String.valueOf(status), 1L, Long::sum);
  }

  /** Nobody knows whether the order was accepted. */
  synchronized void unanswered(IOException failure) {
    unanswered++;
    odd.merge("no answer: " + failure.getClass().getSimpleName(), 1L, Long::sum);
  }

  synchronized long unanswered() {
    return unanswered;
  }

  /** How many orders were refused. */
  synchronized long refused() {
    return refusals.getTotalCount();
  }

  /** How long the refusals took. */
  synchronized Latency refusalMillis() {
    return Latency.of(refusals);
  }

  /** How many answers there are of each kind that nobody expects. */
  synchronized Map<String, Long> odd() {
    return new TreeMap<>(odd);
  }
}
