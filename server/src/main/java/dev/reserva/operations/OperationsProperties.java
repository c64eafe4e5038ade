package dev.reserva.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.operations.*}
 *
 * @param healthPatience time-out of the database in a health check; after it, the database counts
 *     as down
 * @param maxLag a service that has more events to handle counts as falling behind
 * @param integrityTimeLimit longest time of an integrity check, and of the wait for a running one
 * @param dashboardClients most clients of the live feed at a time, 1..1000
 * @param dashboardInterval pause between two frames of the live feed; at least 100 ms
 */
@ConfigurationProperties("reserva.operations")
public record OperationsProperties(
    @DefaultValue("1s") Duration healthPatience,
    @DefaultValue("10000") long maxLag,
    @DefaultValue("60s") Duration integrityTimeLimit,
    @DefaultValue("50") int dashboardClients,
    @DefaultValue("1s") Duration dashboardInterval) {

  public OperationsProperties {
    if (maxLag < 0) {
      throw new IllegalArgumentException("maxLag must be at least 0, was " + maxLag);
    }
    if (dashboardClients < 1 || dashboardClients > 1_000) {
      throw new IllegalArgumentException(
          "dashboardClients must be 1..1000, was " + dashboardClients);
    }
    if (dashboardInterval.toMillis() < 100) {
      throw new IllegalArgumentException(
          "dashboardInterval must be at least 100 ms, was " + dashboardInterval);
    }
  }
}
