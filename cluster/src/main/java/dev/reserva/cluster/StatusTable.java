package dev.reserva.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The processes of a cluster in plain characters, which every terminal and log can show. */
final class StatusTable {
  private static final List<String> HEADS =
      List.of("service", "instance", "port", "pid", "state", "memory", "restarts");
  private static final String GAP = "  ";

  private StatusTable() {}

  /** A table with a line for each process, below it the reasons and the memory of all. */
  static String of(List<NodeStatus> nodes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    nodes.forEach(node -> rows.add(cells(node)));
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        String padding = " ".repeat(width - row.get(column).length());
        boolean words = HEADS.get(column).equals("service") || HEADS.get(column).equals("state");
        line.append(column == 0 ? "" : GAP)
            .append(words ? row.get(column) + padding : padding + row.get(column));
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    for (NodeStatus node : nodes) {
      if (!node.reason().isEmpty()) {
        table.append("%s: %s%n".formatted(node.name(), firstLine(node.reason())));
      }
    }
    return table
        .append("memory of all: ")
        .append(mebibytes(nodes.stream().mapToLong(NodeStatus::residentBytes).sum()))
        .append('\n')
        .toString();
  }

  private static List<String> cells(NodeStatus node) {
    return List.of(
        node.role(),
        String.valueOf(node.instance()),
        known(node.port()),
        known(node.pid()),
        node.state().label(),
        node.residentBytes() == 0 ? "-" : mebibytes(node.residentBytes()),
        String.valueOf(node.restarts()));
  }

  /** A process in one line. */
  static String line(NodeStatus node) {
    String what = node.name() + ": " + node.state().label();
    if (!node.reason().isEmpty()) {
      return what + ", " + firstLine(node.reason());
    }
    return node.pid() == 0
        ? what
        : "%s, port %s, pid %d, memory %s, restarts %d"
            .formatted(
                what,
                known(node.port()),
                node.pid(),
                mebibytes(node.residentBytes()),
                node.restarts());
  }

  private static String known(long number) {
    return number == 0 ? "-" : String.valueOf(number);
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%d MiB", bytes >> 20);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
