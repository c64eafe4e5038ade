package dev.reserva.messaging.transport;

import java.util.Arrays;
import java.util.Objects;

/**
 * Events that a cursor passes because they were handled locally, counted by position. They count as
 * delivered and handled when the cursor moves past them.
 */
public final class Passed {

  public static final Passed NONE = new Passed(new long[0], new int[0]);

  /** In ascending order. */
  private final long[] positions;

  private final int[] counts;

  private Passed(long[] positions, int[] counts) {
    this.positions = positions;
    this.counts = counts;
  }

  /** How many events lie at a position or before it. */
  public int upTo(long position) {
    int sum = 0;
    for (int i = 0; i < positions.length && positions[i] <= position; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /** All of them. */
  public int count() {
    return upTo(Long.MAX_VALUE);
  }

  /** These events and those of a later delivery, which may repeat some. */
  public Passed and(Passed later) {
    if (later.positions.length == 0) {
      return this;
    }
    Builder all = new Builder();
    all.addAll(this);
    all.addAll(positions.length == 0 ? later : later.after(positions[positions.length - 1]));
    return all.build();
  }

  /** The events after a position. */
  public Passed after(long position) {
    return between(position, Long.MAX_VALUE);
  }

  /** The events at a position or before it. */
  public Passed until(long position) {
    return between(Long.MIN_VALUE, position);
  }

  private Passed between(long after, long until) {
    if (positions.length == 0) {
      return this;
    }
    Builder some = new Builder();
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] > after && positions[i] <= until) {
        some.add(positions[i], counts[i]);
      }
    }
    return some.build();
  }

  /** Collects events in order of position. */
  public static final class Builder {
    private long[] positions = new long[8];
    private int[] counts = new int[8];
    private int size;

    /**
     * @param position no lower than the one added before
     * @param count how many lie between that one, exclusive, and this one, inclusive
     */
    public void add(long position, int count) {
      if (count == 0) {
        return;
      }
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      positions[size] = position;
      counts[size++] = count;
    }

    private void addAll(Passed passed) {
      for (int i = 0; i < passed.positions.length; i++) {
        add(passed.positions[i], passed.counts[i]);
      }
    }

    public Passed build() {
      return size == 0
          ? NONE
          : new Passed(Arrays.copyOf(positions, size), Arrays.copyOf(counts, size));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Passed passed
        && Arrays.equals(positions, passed.positions)
        && Arrays.equals(counts, passed.counts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(positions), Arrays.hashCode(counts));
  }

  @Override
  public String toString() {
    return "Passed[positions=%s, counts=%s]"
        .formatted(Arrays.toString(positions), Arrays.toString(counts));
  }
}
