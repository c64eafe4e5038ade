package dev.reserva.cluster;

import java.io.PrintStream;
import java.util.List;
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

  StatusReport(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A process has another state. */
  synchronized void changed(NodeStatus node) {
    if (ready && terminal) {
      out.println();
      out.print(StatusTable.of(all.get()));
    } else {
      out.println(StatusTable.line(node));
    }
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
    out.print(StatusTable.of(all.get()));
  }
}
