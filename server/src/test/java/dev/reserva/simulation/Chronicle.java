package dev.reserva.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** The event trace of a schedule: its fingerprint and its last lines. */
final class Chronicle {

  private static final int KEPT = 40;

  private final Deque<String> last = new ArrayDeque<>(KEPT + 1);
  private final Instant start;
  private long fingerprint;
  private long lines;

  Chronicle(Instant start) {
    this.start = start;
  }

  void note(Instant now, String what) {
    lines++;
    String line = lines + " +" + Duration.between(start, now).toMillis() + "ms " + what;
    fingerprint = fingerprint * 0x100000001b3L + line.hashCode();
    last.addLast(line);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
  }

  long fingerprint() {
    return fingerprint;
  }

  List<String> last() {
    return List.copyOf(last);
  }

  /** Ids are numbered in a schedule, so a number names one. */
  static String name(UUID id) {
    return "#" + (id.getLeastSignificantBits() & 0xffff_ffffL);
  }
}
