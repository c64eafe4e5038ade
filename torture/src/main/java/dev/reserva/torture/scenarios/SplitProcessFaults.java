package dev.reserva.torture.scenarios;

import dev.reserva.cluster.Service;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.scenarios.Rounds.Injected;
import java.time.Duration;
import java.util.List;

/** Processes of services, or the gateway, end without warning or in order. */
final class SplitProcessFaults {
  private static final String REPLACED = "the process is gone, another is ready";

  /** A server drains for up to 9 s. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private SplitProcessFaults() {}

  static Scenario killOneService(SplitPrograms programs) {
    return new Scenario(
        "kill-one-service",
        "kill -9 of the only process of each service in turn",
        REPLACED,
        SplitSystem.script(
            programs,
            SplitSystem.each(1),
            6,
            1,
            (system, round) -> system.killAndAwait(List.of(instance(round, 1)))));
  }

  /** The process of the service whose turn it is. */
  private static String instance(int round, int instance) {
    Service[] services = Service.values();
    return services[round % services.length].label() + "-" + instance;
  }

  static Scenario killGateway(SplitPrograms programs) {
    return new Scenario(
        "kill-gateway",
        "kill -9 of the gateway, through which all buyers order",
        REPLACED,
        SplitSystem.script(
            programs,
            SplitSystem.usual(),
            3,
            1,
            (system, _) -> system.killAndAwait(List.of("gateway-1"))));
  }

  static Scenario killServer(SplitPrograms programs) {
    return new Scenario(
        "kill-server",
        "kill -9 of all processes of services and of the gateway at the same moment",
        "all processes are gone, others are ready",
        SplitSystem.script(
            programs,
            SplitSystem.usual(),
            2,
            1,
            (system, _) -> system.killAndAwait(system.serverNames())));
  }

  static Scenario twoInstances(SplitPrograms programs) {
    return new Scenario(
        "two-instances",
        "two processes of each service; kill -9 of one of each service in turn",
        REPLACED,
        SplitSystem.script(
            programs,
            SplitSystem.each(2),
            5,
            1,
            (system, round) -> system.killAndAwait(List.of(instance(round, 2)))));
  }

  static Scenario rollingRestart(SplitPrograms programs) {
    return new Scenario(
        "rolling-restart",
        "each process of a service and the gateway shut down (SIGTERM) and started again, in turn",
        "each ends by itself in time, another process has its place",
        SplitSystem.script(
            programs,
            SplitSystem.usual(),
            1,
            1,
            (system, _) -> {
              boolean proven = true;
              for (String name : system.serverNames()) {
                proven &= system.restart(name, STOP_LIMIT, Duration.ZERO);
              }
              return new Injected(proven, System.nanoTime());
            }));
  }
}
