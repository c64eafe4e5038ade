package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTableTest {
  private static final NodeStatus READY =
      new NodeStatus("postgres", 1, 40_001, 77, NodeState.READY, "", 120L << 20, 0);
  private static final NodeStatus BACKING_OFF =
      new NodeStatus(
          "sales", 2, 10_002, 0, NodeState.BACKING_OFF, "it ended with 137:\nand more", 0, 11);

  @Test
  void processes_stand_below_each_other_with_reasons_and_the_memory_of_all() {
    assertThat(StatusTable.of(List.of(READY, BACKING_OFF)))
        .isEqualTo(
            """
            service   instance   port  pid  state         memory  restarts
            postgres         1  40001   77  ready        120 MiB         0
            sales            2  10002    -  backing off        -        11
            sales-2: it ended with 137:
            memory of all: 120 MiB
            """);
  }

  @Test
  void a_change_is_one_line() {
    assertThat(StatusTable.line(READY))
        .isEqualTo("postgres-1: ready, port 40001, pid 77, memory 120 MiB, restarts 0");
    assertThat(StatusTable.line(BACKING_OFF)).isEqualTo("sales-2: backing off, it ended with 137:");
  }
}
