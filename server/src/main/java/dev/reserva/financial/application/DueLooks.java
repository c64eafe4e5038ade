package dev.reserva.financial.application;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to look for due work, and how far back. Only the loop's thread uses it.
 *
 * <p>A look usually reaches back to the look before it. While a snapshot is held open, the index of
 * due work still leads to all work that has been done since, so a look at all of it takes longer
 * and longer.
 */
final class DueLooks {

  /**
   * Pause between looks while results keep coming. New payments are claimed when they are made, so
   * a look only finds retries, and it costs a statement.
   */
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private static final Duration BETWEEN_WHOLE = Duration.ofSeconds(30);

  /**
   * How much further back a look reaches than the end of the one before. Work may be committed, or
   * unlocked by another transaction, after it became due. Work that takes longer than this is found
   * by the next whole look.
   */
  private static final Duration OVERLAP = Duration.ofSeconds(2);

  private long lookedAtNanos;
  private long lookedWholeAtNanos;

  /** Work that became due by then is claimed, except within the overlap; absent at first. */
  private @Nullable Instant lookedUntil;

  DueLooks(long nanos) {
    this.lookedAtNanos = nanos;
  }

  boolean isTime(long nanos) {
    return nanos - lookedAtNanos > BETWEEN.toNanos();
  }

  /** From where a look that is made now starts. */
  Instant since(long nanos) {
    Instant until = lookedUntil;
    return until == null || nanos - lookedWholeAtNanos > BETWEEN_WHOLE.toNanos()
        ? Instant.EPOCH
        : until.minus(OVERLAP);
  }

  /**
   * A look was made.
   *
   * @param since as {@link #since} said
   * @param until no work that was due by then is left; absent when there was not room for all
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
