package dev.reserva.platform.backbone;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.events.*}
 *
 * @param retention events and closed dead letters are kept at least this long; at least 1 day
 * @param segmentAge a segment of the log is closed when it is this old
 * @param segmentEvents a segment of the log is closed when it holds this many events
 * @param stopTimeout how long a stop waits for handlers to end their transactions; at most 8 s, so
 *     that the whole stop takes less than 10 s
 */
@ConfigurationProperties("reserva.events")
public record BackboneProperties(
    @DefaultValue("365d") Duration retention,
    @DefaultValue("1d") Duration segmentAge,
    @DefaultValue("5000000") long segmentEvents,
    @DefaultValue("3s") Duration stopTimeout) {

  public BackboneProperties {
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("retention must be at least 1d, was " + retention);
    }
    if (stopTimeout.isNegative() || stopTimeout.compareTo(Duration.ofSeconds(8)) > 0) {
      throw new IllegalArgumentException("stopTimeout must be 0s..8s, was " + stopTimeout);
    }
  }
}
