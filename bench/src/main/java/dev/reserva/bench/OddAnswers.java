package dev.reserva.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Answers to orders that are neither 201 nor 503 with Retry-After, and calls without one. */
final class OddAnswers {
  private final Map<String, Long> counts = new TreeMap<>();
  private long unanswered;

  synchronized void answered(int status) {
    counts.merge(status == 503 ? "503 without Retry-After" : String.valueOf(status), 1L, Long::sum);
  }

  /** Whether the order was accepted nobody knows. */
  synchronized void unanswered(IOException failure) {
    unanswered++;
    counts.merge("no answer: " + failure.getClass().getSimpleName(), 1L, Long::sum);
  }

  synchronized long unanswered() {
    return unanswered;
  }

  /** How many there are of each kind, and none of what was expected. */
  synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  synchronized long sum() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
