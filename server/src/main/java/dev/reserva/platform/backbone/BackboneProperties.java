package dev.reserva.platform.backbone;

import dev.reserva.platform.settings.Allowed;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.events.*}
 *
 * @param retention events and closed dead letters are kept at least this long; at least 1 day
 * @param segmentAge a segment of the log is closed when it is this old, at least 1 s
 * @param segmentEvents a segment of the log is closed when it holds this many events, at least 1
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
    Allowed.atLeast("reserva.events.retention", retention, Duration.ofDays(1));
    Allowed.atLeast("reserva.events.segment-age", segmentAge, Duration.ofSeconds(1));
    Allowed.atLeast("reserva.events.segment-events", segmentEvents, 1);
    Allowed.range("reserva.events.stop-timeout", stopTimeout, Duration.ZERO, Duration.ofSeconds(8));
  }
}
