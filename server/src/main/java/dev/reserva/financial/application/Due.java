package dev.reserva.financial.application;

import java.time.Instant;

/**
 * Which due times count as due.
 *
 * <ul>
 *   <li>Those after {@code since}, up to {@code now}.
 *   <li>Those after {@code latest}. No right clock sets a due time so far ahead, so such a time was
 *       written by a clock that ran ahead and has been set right since.
 * </ul>
 *
 * @param since exclusive; what was due by then has been looked at before
 * @param now inclusive
 * @param latest exclusive
 */
public record Due(Instant since, Instant now, Instant latest) {

  /** Everything that is due. */
  public Due(Instant now, Instant latest) {
    this(Instant.EPOCH, now, latest);
  }

  /** Only what became due after a time, and what is too far ahead. */
  public Due since(Instant time) {
    return new Due(time, now, latest);
  }

  public boolean covers(Instant at) {
    return (at.isAfter(since) && !at.isAfter(now)) || at.isAfter(latest);
  }
}
