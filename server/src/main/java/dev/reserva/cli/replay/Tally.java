package dev.reserva.cli.replay;

import java.util.Map;
import java.util.TreeMap;

/** Counts by name, in the order of their names. Not thread-safe. */
final class Tally {
  private final Map<String, Long> counts = new TreeMap<>();

  void add(String name, long count) {
    if (count > 0) {
      counts.merge(name, count, Long::sum);
    }
  }

  Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /** The counts in the order of their names. */
  Iterable<Map.Entry<String, Long>> entries() {
    return counts.entrySet();
  }

  long sum() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
