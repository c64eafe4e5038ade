package dev.reserva.bench;

import java.time.Duration;

/**
 * The result of one load.
 *
 * @param done calls that ended within the window; they make the rate
 * @param succeeded all successful calls, including those that ended after the window
 * @param refused calls that were refused
 * @param latency of the successful calls, from the time at which each was due
 * @param lateness from the time at which each call was due until it was sent: the delay of this
 *     program
 */
public record Measured(
    long done, long succeeded, long refused, Duration window, Latency latency, Latency lateness) {

  /**
   * Returns this if no call was refused and there is a rate.
   *
   * @throws BenchFailure otherwise
   */
  public Measured complete() {
    if (refused > 0) {
      throw new BenchFailure("%d calls were refused, %d succeeded".formatted(refused, succeeded));
    }
    return withRate();
  }

  /**
   * Returns this if there is a rate. Calls may have been refused: an open loop continues while the
   * host stalls, and then more calls wait than the server admits.
   *
   * @throws BenchFailure otherwise
   */
  Measured withRate() {
    if (done == 0) {
      throw new BenchFailure(
          "none of %d calls ended within %d ms, so there is no rate"
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
