package dev.reserva.cli;

import dev.reserva.cli.api.Topology;

/** The checks of the topology with their counts, and every finding in words below. */
final class TopologyReport {
  private TopologyReport() {}

  static String of(Topology topology) {
    Table table = Table.of("check", "checked", "findings");
    StringBuilder below = new StringBuilder();
    for (Topology.Check check : topology.checks()) {
      table.row(check.name(), check.checked(), check.findings().size());
      for (Topology.Finding finding : check.findings()) {
        below.append(
            "    %s: %s %s\n".formatted(check.name(), finding.object(), finding.problem()));
      }
    }
    topology
        .unchecked()
        .forEach(text -> below.append("    not checked: ").append(text).append('\n'));
    return table
        + (below.isEmpty() ? "" : "\n" + below)
        + (topology.ok()
            ? "    Every event has its way (transport: %s).\n".formatted(topology.transport())
            : "    THE TOPOLOGY IS NOT AS EXPECTED (transport: %s).\n"
                .formatted(topology.transport()));
  }
}
