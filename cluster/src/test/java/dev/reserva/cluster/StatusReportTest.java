package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private static final NodeStatus NODE =
      new NodeStatus("sales", 1, 10_002, 77, NodeState.READY, "", 1 << 20, 0);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private StatusReport report(boolean terminal) {
    return new StatusReport(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().map(String::strip).toList();
  }

  @Test
  void a_start_is_told_line_by_line_and_the_whole_by_a_table() {
    StatusReport report = report(true);
    report.changed(NODE);
    report.ready("up", () -> List.of(NODE));
    assertThat(lines())
        .containsExactly(
            "sales-1: ready, port 10002, pid 77, memory 1 MiB, restarts 0",
            "up",
            "service  instance   port  pid  state  memory  restarts",
            "sales           1  10002   77  ready   1 MiB         0",
            "memory of all: 1 MiB");
  }

  @Test
  void a_later_change_is_a_table_on_a_terminal_and_a_line_elsewhere() {
    NodeStatus restarted = new NodeStatus("sales", 1, 10_002, 78, NodeState.READY, "", 1 << 20, 1);
    for (boolean terminal : List.of(true, false)) {
      AtomicReference<NodeStatus> now = new AtomicReference<>(NODE);
      StatusReport report = report(terminal);
      report.ready("up", () -> List.of(now.get()));
      out.reset();
      now.set(restarted);
      report.changed(restarted);
      assertThat(lines()).hasSize(terminal ? 4 : 1);
    }
  }

  @Test
  void what_a_table_has_shown_is_not_told_again() {
    for (boolean terminal : List.of(true, false)) {
      StatusReport report = report(terminal);
      report.ready("up", () -> List.of(NODE));
      out.reset();
      report.changed(NODE);
      assertThat(lines()).isEmpty();
    }
  }
}
