package dev.reserva.financial.application;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When it is looked for payments that are due, and how far a look reaches back. For one thread.
 *
 * <p>As a rule a look reaches back to the one before. While somebody holds a snapshot, the index of
 * what is due still leads to every payment that has been settled since, and a look at all of it
 * would take longer and longer.
 */
final class DueLooks {

  /**
   * While results keep coming, what is due is looked for this often: new payments are claimed when
   * they are made, so these are only retries, and a look costs a statement.
   */
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private static final Duration BETWEEN_WHOLE = Duration.ofSeconds(30);

  /**
   * So much further than the one before a look reaches back, for payments that were put on record,
   * or let go by another transaction, after they became due. A whole look finds those that took
   * longer.
   */
  private static final Duration OVERLAP = Duration.ofSeconds(2);

  private long lookedAtNanos;
  private long lookedWholeAtNanos;

  /** What became due by then was claimed, but for what the overlap allows; absent at first. */
  private @Nullable Instant lookedUntil;

  DueLooks(long nanos) {
    this.lookedAtNanos = nanos;
  }

  boolean isTime(long nanos) {
    return nanos - lookedAtNanos > BETWEEN.toNanos();
  }

  /** What was due by then is of no interest to a look now. */
  Instant since(long nanos) {
    Instant until = lookedUntil;
    return until == null || nanos - lookedWholeAtNanos > BETWEEN_WHOLE.toNanos()
        ? Instant.EPOCH
        : until.minus(OVERLAP);
  }

  /**
   * A look was made.
   *
   * @param since as it was told
   * @param until the time up to which it left nothing; absent when there was not room for all
   */
  void looked(Instant since, @Nullable Instant until, long nanos) {
    lookedAtNanos = nanos;
    if (until != null) {
      lookedUntil = until;
      if (since.equals(Instant.EPOCH)) {
        lookedWholeAtNanos = nanos;
      }
    }
  }
}
