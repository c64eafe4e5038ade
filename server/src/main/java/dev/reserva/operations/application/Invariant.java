package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.List;

/** A rule that must always hold, and whose violations can be counted. */
public interface Invariant {

  String name();

  /**
   * Checks all items on one snapshot.
   *
   * @param deadline to be checked between pages
   */
  Finding count(UnitOfWork snapshot, Deadline deadline);

  /**
   * @param checked how many items were checked
   * @param violated how many of them break the rule
   * @param inFlight how many cannot be judged yet, because their events are in flight
   * @param violations texts of the first violations, with ids
   */
  record Finding(long checked, long violated, long inFlight, List<String> violations) {
    public Finding {
      violations = List.copyOf(violations);
    }
  }

  /** Ends a check that takes too long. */
  @FunctionalInterface
  interface Deadline {
    /**
     * @throws TimeIsUp when the deadline has passed
     */
    void check();
  }

  /** Thrown by {@link Deadline#check}. */
  final class TimeIsUp extends RuntimeException {
    public TimeIsUp(String message) {
      super(message);
    }
  }

  /** Collects the findings of a check. */
  final class Tally {
    /** Most violations listed; more are only counted, so that the answer stays short. */
    public static final int MAX_LISTED = 20;

    private final List<String> violations = new ArrayList<>();
    private long checked;
    private long violated;
    private long inFlight;

    public void checked(long items) {
      checked += items;
    }

    public void inFlight() {
      inFlight++;
    }

    /** Counts one item that breaks the rule, in one or more ways. */
    public void violated(List<String> texts) {
      violated++;
      texts.stream().limit(MAX_LISTED - violations.size()).forEach(violations::add);
    }

    public Finding finding() {
      return new Finding(checked, violated, inFlight, violations);
    }
  }
}
