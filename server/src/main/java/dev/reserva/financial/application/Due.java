package dev.reserva.financial.application;

import java.time.Instant;

/**
 * What is due at a time: what was put off until then or earlier, and what was put off for longer
 * than anything ever is. The latter was written by a clock that ran ahead and has been set right,
 * and would otherwise have to wait until it is as late as that clock believed.
 *
 * @param since what was due by then is of no interest; exclusive
 * @param now inclusive
 * @param latest a time that no right clock has put anything off to; exclusive
 */
public record Due(Instant since, Instant now, Instant latest) {

  /** All that is due. */
  public Due(Instant now, Instant latest) {
    this(Instant.EPOCH, now, latest);
  }

  /** Only what became due after a time. */
  public Due since(Instant time) {
    return new Due(time, now, latest);
  }

  public boolean covers(Instant at) {
    return (at.isAfter(since) && !at.isAfter(now)) || at.isAfter(latest);
  }
}
