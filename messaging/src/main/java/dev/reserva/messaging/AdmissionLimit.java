package dev.reserva.messaging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Decides whether one more command may wait to be committed, by the time that it is expected to
 * wait: the number of waiting commands, divided by the rate at which recent groups committed.
 *
 * <ul>
 *   <li>Up to {@link GroupCommit.Limits#minWaiting} commands may wait in any case, so that a few
 *       callers are not refused because commits are slow or the program has just started.
 *   <li>Beyond that a command is refused if it is expected to wait for longer than {@link
 *       GroupCommit.Limits#maxWait}.
 *   <li>A burst that meets an idle committer is not refused. For the first {@code maxWait} of a
 *       busy period, the rate is that of groups before the burst and says nothing about the burst.
 *   <li>If the current group alone takes longer than {@code maxWait}, the time that it has taken so
 *       far counts instead of the rate.
 * </ul>
 *
 * <p>The committer's queue is the hard limit. One thread commits; any thread may ask. When several
 * threads ask at once, a few more commands may be admitted.
 */
final class AdmissionLimit {

  /** A group counts half after this much further busy time. */
  private static final double HALF_LIFE_NANOS = 1e9;

  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
  private static final long NEVER = Long.MIN_VALUE;

  private final int minWaiting;
  private final long maxWaitNanos;
  private final LongSupplier nanoTime;
  private final AtomicInteger waiting = new AtomicInteger();

  /** When the committer last became busy; {@link #NEVER} while it is idle. */
  private volatile long busySince = NEVER;

  /** When the current group began; {@link #NEVER} between groups. */
  private volatile long groupSince = NEVER;

  private volatile double nanosPerCommand;

  /** Commands of recent groups, weighted by age. Only the committer's thread touches it. */
  private double recentCommands;

  /** Duration of recent groups, weighted by age. Only the committer's thread touches it. */
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

  /** When a refused caller should try again: the commands that wait now are committed by then. */
  Duration retryAfter() {
    return Duration.ofNanos(
        Math.clamp(expectedWait().toNanos(), SHORTEST_RETRY.toNanos(), LONGEST_RETRY.toNanos()));
  }

  /** Commands that wait or are being committed. */
  int waiting() {
    return waiting.get();
  }

  /** A command begins to wait. */
  void entered() {
    waiting.incrementAndGet();
  }

  /** A command left the queue before the committer took it. */
  void takenBack() {
    waiting.decrementAndGet();
  }

  /** The committer has taken the first command of a group. */
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
