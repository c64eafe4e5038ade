package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.List;

/** Something that must always hold, and can be counted. */
public interface Invariant {

  String name();

  /**
   * Looks at everything on one snapshot.
   *
   * @param deadline to be asked between pages
   */
  Finding count(UnitOfWork snapshot, Deadline deadline);

  /**
   * @param checked how many things were looked at
   * @param violated how many of them break it
   * @param inFlight how many could not be judged, because events about them are under way
   * @param violations the first of them in words, with ids
   */
  record Finding(long checked, long violated, long inFlight, List<String> violations) {
    public Finding {
      violations = List.copyOf(violations);
    }
  }

  /** Stops a count that takes too long. */
  @FunctionalInterface
  interface Deadline {
    /**
     * @throws TimeIsUp when it has passed
     */
    void check();
  }

  /** Thrown by {@link Deadline#check}; nothing was changed. */
  final class TimeIsUp extends RuntimeException {
    public TimeIsUp(String message) {
      super(message);
    }
  }

  /** Collects what a count finds. */
  final class Tally {
    /** More are only counted: one broken rule must not make an answer of a million lines. */
    public static final int MAX_LISTED = 20;

    private final List<String> violations = new ArrayList<>();
    private long checked;
    private long violated;
    private long inFlight;

    public void looked(long things) {
      checked += things;
    }

    public void undecided() {
      inFlight++;
    }

    /** One thing that breaks the rule, in one or more ways. */
    public void violated(List<String> ways) {
      violated++;
      ways.stream().limit(MAX_LISTED - violations.size()).forEach(violations::add);
    }

    public Finding finding() {
      return new Finding(checked, violated, inFlight, violations);
    }
  }
}
