package dev.reserva.operations.domain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The health of the system.
 *
 * @param services the dependencies of the process, and whether each answers
 * @param modules the services of this process by name
 * @param warnings what the operator must not overlook, whatever the status
 */
public record Health(
    String status,
    Map<String, Boolean> services,
    Map<String, Module> modules,
    List<String> warnings) {

  public static final String HEALTHY = "healthy";
  public static final String DEGRADED = "degraded";
  public static final String UNHEALTHY = "unhealthy";

  public Health {
    warnings = List.copyOf(warnings);
  }

  /**
   * @param backlog lag, parked and dead; empty for a service without a subscription, when unknown,
   *     or for callers who are no operators
   */
  public record Module(String status, Map<String, Long> backlog) {

    /** A service without a subscription has no backlog. */
    public static final Module WITHOUT_SUBSCRIPTION = new Module(HEALTHY, Map.of());

    /** Without its database no service works. */
    public static final Module DOWN = new Module(UNHEALTHY, Map.of());

    /**
     * A service with a subscription. It is degraded while the subscription does not run, falls
     * behind, or has dead letters.
     *
     * @param runs whether the subscription runs, here or in another process
     * @param maxLag a greater lag counts as falling behind
     */
    public static Module subscribed(boolean runs, long lag, long parked, long dead, long maxLag) {
      boolean healthy = runs && lag <= maxLag && dead == 0;
      return new Module(
          healthy ? HEALTHY : DEGRADED, Map.of("lag", lag, "parked", parked, "dead", dead));
    }
  }

  /** Degraded if a module is not healthy; unhealthy without the database. */
  public static Health of(boolean database, Map<String, Module> modules, List<String> warnings) {
    boolean allHealthy =
        modules.values().stream().allMatch(module -> module.status().equals(HEALTHY));
    String status = !database ? UNHEALTHY : allHealthy ? HEALTHY : DEGRADED;
    return new Health(status, Map.of("database", database), modules, warnings);
  }

  /** The same without the backlogs, which tell a stranger how busy the shop is. */
  public Health withoutBacklogs() {
    Map<String, Module> plain = new TreeMap<>();
    modules.forEach((name, module) -> plain.put(name, new Module(module.status(), Map.of())));
    return new Health(status, services, plain, warnings);
  }
}
