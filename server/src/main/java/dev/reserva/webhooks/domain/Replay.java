package dev.reserva.webhooks.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of the log since a time, on their way to an endpoint once more. An endpoint has one at
 * a time.
 *
 * @param range absent until it is found in the log
 * @param deliveries how many were queued, or are due again
 * @param endedAt when the last event of the range was queued
 */
public record Replay(
    UUID endpointId,
    Instant since,
    @Nullable Range range,
    int deliveries,
    Instant startedAt,
    @Nullable Instant endedAt) {

  /**
   * Positions of the log.
   *
   * @param read of the last event that was read
   * @param until of the last event to be read
   */
  public record Range(long read, long until) {}

  public Replay {
    if ((endedAt != null) != (range != null && range.read() >= range.until())) {
      throw new IllegalArgumentException("a replay has ended exactly if all of its range is read");
    }
  }

  public static Replay started(UUID endpointId, Instant since, Instant now) {
    return new Replay(endpointId, since, null, 0, now, null);
  }

  public boolean isRunning() {
    return endedAt == null;
  }

  /** The replay when its range is found. */
  public Replay in(Range found, Instant now) {
    return read(found, 0, now);
  }

  /**
   * The replay after some events.
   *
   * @param queued how many deliveries came of them
   */
  public Replay read(Range range, int queued, Instant now) {
    return new Replay(
        endpointId,
        since,
        range,
        deliveries + queued,
        startedAt,
        range.read() >= range.until() ? now : null);
  }
}
