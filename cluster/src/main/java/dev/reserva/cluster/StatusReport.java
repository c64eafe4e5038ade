package dev.reserva.cluster;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells people how the processes are: during the start, and where the output is no terminal, one
 * line for each change; on a terminal the whole table for each.
 */
final class StatusReport {
  private final PrintStream out;
  private final boolean terminal;
  private boolean ready;
  private Supplier<List<NodeStatus>> all = List::of;
  private final Map<String, Told> told = new HashMap<>();

  /** What people have been told of a process; its memory changes all the time. */
  private record Told(NodeState state, long pid, String reason, int restarts) {
    static Told of(NodeStatus node) {
      return new Told(node.state(), node.pid(), node.reason(), node.restarts());
    }
  }

  StatusReport(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A process has another state. A change that a table has shown already is not told again. */
  synchronized void changed(NodeStatus node) {
    if (Told.of(node).equals(told.get(node.name()))) {
      return;
    }
    if (ready && terminal) {
      out.println();
      table();
    } else {
      out.println(StatusTable.line(node));
      told.put(node.name(), Told.of(node));
    }
  }

  private void table() {
    List<NodeStatus> nodes = all.get();
    out.print(StatusTable.of(nodes));
    nodes.forEach(node -> told.put(node.name(), Told.of(node)));
  }

  /**
   * All processes are ready.
   *
   * @param headline is printed before the table
   * @param nodes answers the state of all
   */
  synchronized void ready(String headline, Supplier<List<NodeStatus>> nodes) {
    all = nodes;
    ready = true;
    out.println(headline);
    table();
  }
}
