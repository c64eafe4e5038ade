package dev.reserva.torture.scenarios;

import dev.reserva.torture.Scenario;
import java.util.List;

/** All scenarios of a split system, in the order in which they run. */
public final class SplitScenarios {
  private SplitScenarios() {}

  public static List<Scenario> all(SplitPrograms programs) {
    return List.of(
        SplitProcessFaults.killOneService(programs),
        SplitProcessFaults.killGateway(programs),
        SplitProcessFaults.killServer(programs),
        SplitProcessFaults.twoInstances(programs),
        SplitProcessFaults.rollingRestart(programs),
        SplitBrokerFaults.killBroker(programs),
        SplitBrokerFaults.restartBroker(programs),
        SplitBrokerFaults.cutBroker(programs));
  }
}
