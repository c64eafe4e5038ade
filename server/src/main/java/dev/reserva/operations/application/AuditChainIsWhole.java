package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.AuditRecords.Chained;
import dev.reserva.operations.domain.AuditLink;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The audit's hash chain is whole (invariant 12): no record was changed, removed or put in.
 *
 * <p>A check reads the newest records and as many older ones, which continue where the check before
 * ended and begin anew behind the first record. So a check's time does not grow with the trail, and
 * a trail of up to twice {@link #newest} is read as a whole each time. A longer one is read in
 * turn: a million records take {@code 1,000,000 / newest} checks.
 */
public final class AuditChainIsWhole implements Invariant {

  /** So a check reads 200,000 records at most. Hashing them takes 0.15 s of CPU. */
  public static final long NEWEST = 100_000;

  private static final int PAGE = 1_000;

  private final AuditRecords records;
  private final long newest;

  /** The first of the older records that the next check reads. */
  private final AtomicLong nextOlder = new AtomicLong(1);

  /**
   * @param newest how many of the newest records a check reads, and how many older ones; at least 1
   */
  public AuditChainIsWhole(AuditRecords records, long newest) {
    this.records = records;
    this.newest = newest;
  }

  @Override
  public String name() {
    return "operations.audit-chain-is-whole";
  }

  @Override
  public Finding count(UnitOfWork snapshot, Deadline deadline) {
    Tally tally = new Tally();
    AuditLink end = records.end(snapshot);
    long firstNew = Math.max(1, end.sequence() - newest + 1);
    AuditLink last = check(firstNew, Long.MAX_VALUE, snapshot, deadline, tally);
    if (!last.equals(end)) {
      tally.violated(
          List.of(
              "the audit trail ends with record %d, its chain with %d; records are missing, or were added without it"
                  .formatted(last.sequence(), end.sequence())));
    }
    long from = nextOlder.get() < firstNew ? nextOlder.get() : 1;
    long to = Math.min(from + newest, firstNew) - 1;
    if (from <= to) {
      check(from, to, snapshot, deadline, tally);
    }
    nextOlder.set(to + 1);
    return tally.finding();
  }

  /**
   * Checks a part of the chain.
   *
   * @return the last link as it is stored, or what is before the first one
   */
  private AuditLink check(long from, long to, UnitOfWork snapshot, Deadline deadline, Tally tally) {
    AuditLink before = before(from, snapshot, tally);
    while (true) {
      deadline.check();
      List<Chained> page = records.from(before.sequence() + 1, PAGE, snapshot);
      for (Chained one : page) {
        if (one.link().sequence() > to) {
          return before;
        }
        tally.checked(1);
        check(before, one, tally);
        before = one.link();
      }
      if (page.size() < PAGE) {
        return before;
      }
    }
  }

  private static void check(AuditLink before, Chained one, Tally tally) {
    long sequence = one.link().sequence();
    if (sequence != before.sequence() + 1) {
      tally.violated(
          List.of(
              "audit record %d follows %d; those between are missing"
                  .formatted(sequence, before.sequence())));
    } else if (!before.next(one.record()).equals(one.link())) {
      tally.violated(
          List.of(
              "audit record %d does not fit its hash; it, or the hash of %d, was changed"
                  .formatted(sequence, before.sequence())));
    }
  }

  /** The link that the first checked record builds upon. */
  private AuditLink before(long from, UnitOfWork snapshot, Tally tally) {
    if (from == 1) {
      return AuditLink.BEGINNING;
    }
    List<Chained> found = records.from(from - 1, 1, snapshot);
    if (!found.isEmpty() && found.getFirst().link().sequence() == from - 1) {
      return found.getFirst().link();
    }
    tally.violated(List.of("audit record %d is missing".formatted(from - 1)));
    return new AuditLink(from - 1, AuditLink.BEGINNING.hash());
  }
}
