package dev.reserva.bench;

import java.time.Duration;

/**
 * What came of one load.
 *
 * @param done calls that came to their end within the window: what the rate is made of
 * @param succeeded all calls that came to their end, the last ones after the window included
 * @param refused calls that were turned away
 * @param latency of the calls that succeeded, from when each was due
 * @param lateness from when each call was due until it was sent: how far this program fell behind
 */
public record Measured(
    long done, long succeeded, long refused, Duration window, Latency latency, Latency lateness) {

  /**
   * The same, if no call was turned away and there is a rate.
   *
   * @throws BenchFailure otherwise
   */
  public Measured complete() {
    if (refused > 0) {
      throw new BenchFailure(
          "%d calls were turned away, %d came to their end".formatted(refused, succeeded));
    }
    return withRate();
  }

  /**
   * The same, if there is a rate. Calls may have been refused: an open loop goes on while the host
   * stalls, and more calls wait then than the server admits.
   *
   * @throws BenchFailure otherwise
   */
  Measured withRate() {
    if (done == 0) {
      throw new BenchFailure(
          "none of %d calls came to its end within %d ms: there is no rate"
              .formatted(succeeded, window.toMillis()));
    }
    return this;
  }

  /** Refused calls, in percent of all. */
  double refusedPercent() {
    return 100.0 * refused / Math.max(1, succeeded + refused);
  }

  public double perSecond() {
    return done * 1e9 / window.toNanos();
  }
}
