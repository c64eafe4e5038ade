package dev.reserva.operations.application;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Overloaded;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.Invariant.Deadline;
import dev.reserva.operations.application.Invariant.Finding;
import dev.reserva.operations.application.Invariant.TimeIsUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts every invariant on one snapshot of the database, taken when it is asked for.
 *
 * <p>It reads all orders, so one count runs at a time; a few callers wait for theirs, more are
 * turned away with {@link Overloaded}, and a count that takes too long is given up with {@link
 * TimeIsUp}.
 */
public final class CheckIntegrity {

  private static final int MAX_WAITING = 8;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final Backbone backbone;
  private final EventLog log;
  private final DeadLetters deadLetters;
  private final StatementLimits limits;
  private final OrderBooks books;
  private final List<Invariant> invariants;
  private final Duration timeLimit;
  private final ReentrantLock running = new ReentrantLock(true);

  /**
   * @param invariants all but the comparison of the services' order books, which is always made
   * @param timeLimit for waiting and for counting, each
   */
  public CheckIntegrity(
      Transactions transactions,
      Backbone backbone,
      EventLog log,
      DeadLetters deadLetters,
      StatementLimits limits,
      OrderBooks books,
      List<Invariant> invariants,
      Duration timeLimit) {
    this.transactions = transactions;
    this.backbone = backbone;
    this.log = log;
    this.deadLetters = deadLetters;
    this.limits = limits;
    this.books = books;
    this.invariants = List.copyOf(invariants);
    this.timeLimit = timeLimit;
  }

  /**
   * @param at when the snapshot was taken
   */
  public record Report(boolean ok, Instant at, List<Check> checks) {}

  /**
   * @param checked how many things were looked at
   * @param violated how many of them break the invariant
   * @param inFlight how many cannot be judged yet, because events about them are under way
   * @param violations the first of them in words, with ids
   */
  public record Check(
      String name,
      boolean ok,
      long checked,
      long violated,
      long inFlight,
      List<String> violations) {}

  /**
   * @throws Overloaded when too many wait already, or too long
   * @throws TimeIsUp when counting takes too long
   */
  public Report check() {
    if (running.getQueueLength() >= MAX_WAITING || !acquired()) {
      throw new Overloaded("an integrity check is running", RETRY_AFTER);
    }
    try {
      Traffic traffic = new BackboneTraffic(backbone, log, deadLetters);
      return transactions.snapshot(tx -> check(tx, traffic));
    } finally {
      running.unlock();
    }
  }

  private Report check(UnitOfWork snapshot, Traffic traffic) {
    limits.limit(snapshot, timeLimit);
    Instant at = snapshot.now();
    long end = System.nanoTime() + timeLimit.toNanos();
    Deadline deadline =
        () -> {
          if (System.nanoTime() - end > 0) {
            throw timeIsUp();
          }
        };
    try {
      return check(snapshot, traffic, at, deadline);
    } catch (RuntimeException e) {
      // A statement that was cut off by the limit fails like any other.
      throw System.nanoTime() - end > 0 ? timeIsUp() : e;
    }
  }

  private Report check(UnitOfWork snapshot, Traffic traffic, Instant at, Deadline deadline) {
    List<Invariant> all = new ArrayList<>(invariants);
    all.add(new OrdersAgree(books, traffic));
    List<Check> checks = new ArrayList<>();
    for (Invariant invariant : all) {
      deadline.check();
      Finding finding = invariant.count(snapshot, deadline);
      checks.add(
          new Check(
              invariant.name(),
              finding.violated() == 0,
              finding.checked(),
              finding.violated(),
              finding.inFlight(),
              finding.violations()));
    }
    return new Report(checks.stream().allMatch(Check::ok), at, List.copyOf(checks));
  }

  private TimeIsUp timeIsUp() {
    return new TimeIsUp(
        "the integrity check took longer than %d s".formatted(timeLimit.toSeconds()));
  }

  private boolean acquired() {
    try {
      return running.tryLock(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
