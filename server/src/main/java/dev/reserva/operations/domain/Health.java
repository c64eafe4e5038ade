package dev.reserva.operations.domain;

import java.util.Map;

/**
 * How the system fares.
 *
 * @param services what the process depends on, and whether it answers
 * @param modules each service of this process by name
 */
public record Health(String status, Map<String, Boolean> services, Map<String, Module> modules) {

  public static final String HEALTHY = "healthy";
  public static final String DEGRADED = "degraded";
  public static final String UNHEALTHY = "unhealthy";

  /**
   * @param backlog lag, parked and dead; empty for a service that hears nothing, or when unknown
   */
  public record Module(String status, Map<String, Long> backlog) {

    /** A service that hears nothing has nothing to fall behind with. */
    public static final Module SILENT = new Module(HEALTHY, Map.of());

    /** Without its database no service works. */
    public static final Module DOWN = new Module(UNHEALTHY, Map.of());

    /**
     * A service that hears events: degraded while it does not hear them, falls behind, or has given
     * up on some.
     *
     * @param hears whether events reach it, here or in another process
     * @param maxLag as many events may wait before it counts as falling behind
     */
    public static Module hearing(boolean hears, long lag, long parked, long dead, long maxLag) {
      boolean well = hears && lag <= maxLag && dead == 0;
      return new Module(
          well ? HEALTHY : DEGRADED, Map.of("lag", lag, "parked", parked, "dead", dead));
    }
  }

  /** The whole is as well as its worst part; without its database it is unhealthy. */
  public static Health of(boolean database, Map<String, Module> modules) {
    boolean allWell = modules.values().stream().allMatch(module -> module.status().equals(HEALTHY));
    String status = !database ? UNHEALTHY : allWell ? HEALTHY : DEGRADED;
    return new Health(status, Map.of("database", database), modules);
  }
}
