package dev.reserva.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts each kind of event. */
public final class Tally {

  private final Map<Happening, Long> counts = new EnumMap<>(Happening.class);

  void count(Happening what) {
    counts.merge(what, 1L, Long::sum);
  }

  public long of(Happening what) {
    return counts.getOrDefault(what, 0L);
  }

  /** The sum over several kinds. */
  public long of(Happening... kinds) {
    long sum = 0;
    for (Happening kind : kinds) {
      sum += of(kind);
    }
    return sum;
  }

  public void add(Tally other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
  }

  /** The kinds that did not happen. */
  public List<Happening> never() {
    List<Happening> never = new ArrayList<>();
    for (Happening what : Happening.values()) {
      if (of(what) == 0) {
        never.add(what);
      }
    }
    return never;
  }
}
