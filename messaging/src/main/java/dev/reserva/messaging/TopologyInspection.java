package dev.reserva.messaging;

import java.util.List;

/**
 * Compares what a broker has with what the process expects of it: its own exchanges, queues and
 * topics, and those without which its events reach no consumer. It sends and receives no message.
 */
public interface TopologyInspection {

  /**
   * Looks at the broker. Takes a second, and at most some ten seconds for each object that the
   * broker does not answer for.
   *
   * @throws DependencyUnavailable when the broker cannot be reached or asked
   */
  Report inspect();

  /**
   * @param unchecked what could not be looked at, and what it takes
   */
  record Report(List<Check> checks, List<String> unchecked) {
    public Report {
      checks = List.copyOf(checks);
      unchecked = List.copyOf(unchecked);
    }
  }

  /**
   * @param checked how many objects were compared
   * @param findings those that differ; an object may differ in several ways
   */
  record Check(String name, long checked, List<Finding> findings) {
    public Check {
      findings = List.copyOf(findings);
    }
  }

  /**
   * @param object such as {@code queue inventory.queue}
   * @param problem how it differs and what that leads to
   */
  record Finding(String object, String problem) {}
}
