package dev.reserva.operations.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The health of the system.
 *
 * @param services the dependencies of the process, and whether each answers: {@code database}, and
 *     {@code broker} if one joins databases
 * @param modules the services of this process by name, and the relay and the intakes of a broker
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

  /** Without it no service works. */
  public static final String DATABASE = "database";

  private static final String RELAY = "relay";

  public Health {
    warnings = List.copyOf(warnings);
  }

  /**
   * @param reason why it is not healthy; empty if it is, or for callers who are no operators
   * @param backlog lag, parked and dead, or the unreadable messages of a queue; empty for a service
   *     without a subscription, when unknown, or for callers who are no operators
   */
  public record Module(String status, Optional<String> reason, Map<String, Long> backlog) {

    /** A service without a subscription has no backlog. */
    public static final Module WITHOUT_SUBSCRIPTION =
        new Module(HEALTHY, Optional.empty(), Map.of());

    /** Without its database no service works. */
    public static final Module DOWN =
        new Module(UNHEALTHY, Optional.of("the database does not answer"), Map.of());

    /**
     * A service with a subscription, or the relay. It is degraded while it does not run, falls
     * behind, or has dead letters.
     *
     * @param halted why it runs neither here nor in another process; empty if it runs
     * @param maxLag a greater lag counts as falling behind
     */
    public static Module subscribed(
        Optional<String> halted, long lag, long parked, long dead, long maxLag) {
      Optional<String> reason =
          halted
              .or(() -> dead == 0 ? Optional.empty() : Optional.of(toSettle(dead, "dead letters")))
              .or(() ->
                  lag <= maxLag
                      ? Optional.empty()
                      : Optional.of("%d events wait, more than %d".formatted(lag, maxLag)));
      return degradedBy(reason, Map.of("lag", lag, "parked", parked, "dead", dead));
    }

    /**
     * The intake of a broker's queue. It is degraded while it does not run, or while messages that
     * were not imported wait for an operator.
     *
     * @param halted why it does not run; empty if it runs
     * @param unreadable messages that wait for an operator
     */
    public static Module intake(Optional<String> halted, long unreadable) {
      Optional<String> reason =
          halted.or(() ->
              unreadable == 0
                  ? Optional.empty()
                  : Optional.of(toSettle(unreadable, "messages that were not imported")));
      return degradedBy(reason, Map.of("unreadable", unreadable));
    }

    private static String toSettle(long count, String what) {
      return "%s wait for an operator (GET /api/dlq): %d".formatted(what, count);
    }

    /** A service of whose processes some do not answer. */
    private static Module silent(int silent, int processes) {
      return new Module(
          silent == processes ? UNHEALTHY : DEGRADED,
          Optional.of("%d of %d processes do not answer".formatted(silent, processes)),
          Map.of());
    }

    private static Module worse(Module one, Module other) {
      return severity(other) > severity(one) ? other : one;
    }

    private static int severity(Module module) {
      return switch (module.status) {
        case HEALTHY -> 0;
        case DEGRADED -> 1;
        default -> 2;
      };
    }

    /**
     * @param reason empty if it is healthy
     */
    public static Module degradedBy(Optional<String> reason, Map<String, Long> backlog) {
      return new Module(reason.isEmpty() ? HEALTHY : DEGRADED, reason, backlog);
    }
  }

  /**
   * Degraded if a module is not healthy or a service does not answer; unhealthy without the
   * database.
   */
  public static Health of(
      Map<String, Boolean> services, Map<String, Module> modules, List<String> warnings) {
    boolean allHealthy =
        modules.values().stream().allMatch(module -> module.status().equals(HEALTHY))
            && !services.containsValue(false);
    boolean database = services.getOrDefault(DATABASE, false);
    String status = !database ? UNHEALTHY : allHealthy ? HEALTHY : DEGRADED;
    return new Health(status, services, modules, warnings);
  }

  /**
   * The health of several processes: this one, and what those of other services tell.
   *
   * <p>A dependency of another service is named {@code database.sales}, and its relay {@code
   * relay.sales}. If processes of one service tell different things, the worse counts. Those of
   * which one does not answer are a module {@code processes.sales}.
   *
   * @param others the answers of the processes of each other service; empty for one without
   */
  public Health with(Map<String, List<Optional<Health>>> others) {
    Map<String, Boolean> answering = new TreeMap<>(services);
    Map<String, Module> all = new TreeMap<>(modules);
    List<String> told = new ArrayList<>(warnings);
    others.forEach((name, processes) -> {
      List<Health> answers = processes.stream().flatMap(Optional::stream).toList();
      for (Health answer : answers) {
        answer.services.forEach(
            (service, up) -> answering.merge(service + "." + name, up, Boolean::logicalAnd));
        answer.modules.forEach((module, state) ->
            all.merge(module.equals(RELAY) ? RELAY + "." + name : module, state, Module::worse));
        answer.warnings.stream().filter(text -> !told.contains(text)).forEach(told::add);
      }
      int silent = processes.size() - answers.size();
      if (silent > 0) {
        all.merge("processes." + name, Module.silent(silent, processes.size()), Module::worse);
      }
    });
    return of(answering, all, told);
  }

  /** The same without reasons and backlogs, which tell a stranger how busy the shop is. */
  public Health withoutBacklogs() {
    Map<String, Module> plain = new TreeMap<>();
    modules.forEach(
        (name, module) -> plain.put(name, new Module(module.status(), Optional.empty(), Map.of())));
    return new Health(status, services, plain, warnings);
  }
}
