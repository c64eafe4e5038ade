package dev.reserva.cli;

import dev.reserva.cli.api.Integrity;

/** The invariants with their counts, and every violation in words below. */
public final class IntegrityReport {
  private IntegrityReport() {}

  public static String of(Integrity integrity) {
    Table table = Table.of("invariant", "checked", "holds");
    StringBuilder violations = new StringBuilder();
    for (Integrity.Check check : integrity.checks()) {
      table.row(check.name(), check.checked(), check.ok() ? "yes" : "NO");
      check
          .violations()
          .forEach(violation ->
              violations
                  .append("    ")
                  .append(check.name())
                  .append(": ")
                  .append(violation)
                  .append('\n'));
    }
    return table
        + (violations.isEmpty() ? "" : "\n" + violations)
        + (integrity.ok() ? "    Every invariant holds.\n" : "    AN INVARIANT IS BROKEN.\n");
  }
}
