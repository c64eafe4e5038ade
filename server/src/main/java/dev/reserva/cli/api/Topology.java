package dev.reserva.cli.api;

import java.util.List;

/**
 * The ways of events as the server has found them.
 *
 * @param unchecked what it could not look at, in words
 */
public record Topology(boolean ok, String transport, List<Check> checks, List<String> unchecked) {

  public Topology {
    checks = List.copyOf(checks);
    unchecked = List.copyOf(unchecked);
  }

  /**
   * @param checked how many objects were compared
   */
  public record Check(String name, boolean ok, long checked, List<Finding> findings) {
    public Check {
      findings = List.copyOf(findings);
    }
  }

  /**
   * @param object such as {@code queue inventory.queue}
   * @param problem in words
   */
  public record Finding(String object, String problem) {}
}
