package dev.reserva.cli.api;

import java.util.List;

/** Every invariant, counted live. */
public record Integrity(boolean ok, List<Check> checks) {

  public Integrity {
    checks = List.copyOf(checks);
  }

  /**
   * @param checked how many things were looked at
   * @param violations in words
   */
  public record Check(String name, boolean ok, long checked, List<String> violations) {
    public Check {
      violations = List.copyOf(violations);
    }
  }
}
