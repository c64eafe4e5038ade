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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Checks every invariant on one snapshot of the database, and on one of each other database of the
 * system.
 *
 * <p>A check reads all orders, so one runs at a time. A few callers may wait; further ones are
 * refused with {@link Overloaded}. A check that takes too long ends with {@link TimeIsUp}.
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
  private final OtherReports others;
  private final SystemBooks systemBooks;
  private final Duration timeLimit;
  private final ReentrantLock running = new ReentrantLock(true);

  /**
   * @param invariants all except {@link OrdersAgree}, which is always checked
   * @param others of the other databases
   * @param systemBooks where services have databases of their own
   * @param timeLimit for the wait and for the check of each database, each
   */
  public CheckIntegrity(
      Transactions transactions,
      Backbone backbone,
      EventLog log,
      DeadLetters deadLetters,
      StatementLimits limits,
      OrderBooks books,
      List<Invariant> invariants,
      OtherReports others,
      SystemBooks systemBooks,
      Duration timeLimit) {
    this.transactions = transactions;
    this.backbone = backbone;
    this.log = log;
    this.deadLetters = deadLetters;
    this.limits = limits;
    this.books = books;
    this.invariants = List.copyOf(invariants);
    this.others = others;
    this.systemBooks = systemBooks;
    this.timeLimit = timeLimit;
  }

  /** Checks the other databases at the same time; none if this is the only one. */
  @FunctionalInterface
  public interface OtherReports {
    Map<String, Report> ask();
  }

  /**
   * @param at when the snapshot was taken
   */
  public record Report(boolean ok, Instant at, List<Check> checks) {}

  /**
   * @param checked how many items were checked
   * @param violated how many of them break the invariant
   * @param inFlight how many cannot be judged yet, because their events are in flight
   * @param violations texts of the first violations, with ids
   */
  public record Check(
      String name,
      boolean ok,
      long checked,
      long violated,
      long inFlight,
      List<String> violations) {}

  /**
   * Of the whole system.
   *
   * @throws Overloaded when too many callers wait already, or this one has waited too long
   * @throws TimeIsUp when the check takes too long
   */
  public Report check() {
    Report own = checkOwn();
    Map<String, Report> reports = others.ask();
    if (reports.isEmpty()) {
      return own;
    }
    Map<String, Check> checks = JoinedReports.of(own, reports);
    boolean whole = books.complete() && books.haveShipments();
    if (!whole && systemBooks.complete()) {
      checks.put(
          OrdersAgree.NAME,
          check(OrdersAgree.NAME, new OrdersAgreeAcross(systemBooks).count(deadline())));
    }
    return report(own.at(), List.copyOf(checks.values()));
  }

  /**
   * Of the database of this process alone.
   *
   * @throws Overloaded when too many callers wait already, or this one has waited too long
   * @throws TimeIsUp when the check takes too long
   */
  public Report checkOwn() {
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
    Deadline deadline = deadline();
    try {
      return check(snapshot, traffic, at, deadline);
    } catch (RuntimeException e) {
      // A statement that exceeds the limit fails with an exception of its own.
      deadline.check();
      throw e;
    }
  }

  private Deadline deadline() {
    long end = System.nanoTime() + timeLimit.toNanos();
    return () -> {
      if (System.nanoTime() - end > 0) {
        throw timeIsUp();
      }
    };
  }

  private Report check(UnitOfWork snapshot, Traffic traffic, Instant at, Deadline deadline) {
    List<Invariant> all = new ArrayList<>(invariants);
    all.add(new OrdersAgree(books, traffic));
    List<Check> checks = new ArrayList<>();
    for (Invariant invariant : all) {
      deadline.check();
      checks.add(check(invariant.name(), invariant.count(snapshot, deadline)));
    }
    return report(at, checks);
  }

  private static Report report(Instant at, List<Check> checks) {
    return new Report(checks.stream().allMatch(Check::ok), at, List.copyOf(checks));
  }

  private static Check check(String name, Finding finding) {
    return new Check(
        name,
        finding.violated() == 0,
        finding.checked(),
        finding.violated(),
        finding.inFlight(),
        finding.violations());
  }

  private TimeIsUp timeIsUp() {
    return new TimeIsUp(
        "the integrity check took longer than %d s and was given up"
            .formatted(timeLimit.toSeconds()));
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
