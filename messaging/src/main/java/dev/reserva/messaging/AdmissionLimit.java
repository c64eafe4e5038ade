package dev.reserva.messaging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Decides by the expected waiting time whether one more command may wait to be committed. The
 * expected time is the number of commands that wait, divided by the rate at which groups have
 * committed lately.
 *
 * <ul>
 *   <li>Up to {@link GroupCommit.Limits#minWaiting} commands wait in any case: few callers are not
 *       refused because commits are slow, or because the program has just started.
 *   <li>Beyond that a command is refused if it is expected to wait for longer than {@link
 *       GroupCommit.Limits#maxWait}.
 *   <li>A burst that meets an idle committer is not refused: for the first {@code maxWait} of a
 *       busy time, the rate is that of groups before the burst, and says nothing about the groups
 *       that the burst makes.
 *   <li>If a group takes longer than {@code maxWait} by itself, the rate says nothing either, and
 *       the time that the group has taken so far counts.
 * </ul>
 *
 * <p>The hard maximum is the committer's queue. One thread commits; any thread may ask. Decisions
 * of several threads at once may let in a few commands more.
 */
final class AdmissionLimit {

  /** Groups of so much busy time ago count half. */
  private static final double HALF_LIFE_NANOS = 1e9;

  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
  private static final long NEVER = Long.MIN_VALUE;

  private final int minWaiting;
  private final long maxWaitNanos;
  private final LongSupplier nanoTime;
  private final AtomicInteger waiting = new AtomicInteger();

  /** When the committer last became busy; never while it is idle. */
  private volatile long busySince = NEVER;

  /** When the group under way began; never between groups. */
  private volatile long groupSince = NEVER;

  private volatile double nanosPerCommand;

  /** Of the groups so far, older ones counting less. Only the committer touches them. */
  private double recentCommands;

  private double recentNanos;

  /**
   * @param nanoTime a clock that only moves forward
   */
  AdmissionLimit(GroupCommit.Limits limits, LongSupplier nanoTime) {
    this.minWaiting = limits.minWaiting();
    this.maxWaitNanos = limits.maxWait().toNanos();
    this.nanoTime = nanoTime;
  }

  /** Whether one more command may wait. */
  boolean admits() {
    if (waiting.get() < minWaiting) {
      return true;
    }
    long now = nanoTime.getAsLong();
    return isBurst(now) || expectedNanos(now) <= maxWaitNanos;
  }

  private boolean isBurst(long now) {
    long since = busySince;
    return since == NEVER || now - since < maxWaitNanos;
  }

  private double expectedNanos(long now) {
    long since = groupSince;
    double stalled = since == NEVER ? 0 : (double) (now - since);
    return Math.max(stalled, waiting.get() * nanosPerCommand);
  }

  /** How long one more command is expected to wait. */
  Duration expectedWait() {
    return Duration.ofNanos((long) expectedNanos(nanoTime.getAsLong()));
  }

  /** When a refused caller should come again: once what waits now is committed. */
  Duration retryAfter() {
    Duration expected = expectedWait();
    return expected.compareTo(SHORTEST_RETRY) < 0
        ? SHORTEST_RETRY
        : expected.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : expected;
  }

  /** Commands that wait or are being committed. */
  int waiting() {
    return waiting.get();
  }

  /** A command begins to wait. */
  void entered() {
    waiting.incrementAndGet();
  }

  /** A command was taken back before the committer had it. */
  void takenBack() {
    waiting.decrementAndGet();
  }

  /** The committer has a group's first command. */
  void groupBegins() {
    long now = nanoTime.getAsLong();
    if (busySince == NEVER) {
      busySince = now;
    }
    groupSince = now;
  }

  /**
   * The group has been answered, committed or not.
   *
   * @param commands in the group
   * @param idle whether nothing waits behind it
   */
  void groupEnds(int commands, boolean idle) {
    long taken = Math.max(1, nanoTime.getAsLong() - groupSince);
    double kept = Math.exp(-Math.log(2) * taken / HALF_LIFE_NANOS);
    recentCommands = recentCommands * kept + commands;
    recentNanos = recentNanos * kept + taken;
    if (recentCommands > 0) {
      nanosPerCommand = recentNanos / recentCommands;
    }
    groupSince = NEVER;
    waiting.addAndGet(-commands);
    if (idle) {
      busySince = NEVER;
    }
  }
}
