package dev.reserva.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuCountersTest {
  private static final String PROCESS =
      "42 (a (strange) name) S 1 42 42 0 -1 4194560 1 2 3 4 150 50 30 20 20 0 1 0 12 0 0";

  @Test
  void a_process_is_read_behind_its_name_whatever_that_contains() {
    assertThat(ProcessCpu.own(PROCESS)).isEqualTo(200);
    assertThat(ProcessCpu.waitedFor(PROCESS)).isEqualTo(50);
  }

  @Test
  void a_process_that_is_gone_has_used_nothing_more() {
    assertThat(ProcessCpu.own("")).isZero();
    assertThat(ProcessCpu.waitedFor("")).isZero();
  }

  @Test
  void the_machine_is_busy_with_processes_the_kernel_and_interrupts() {
    MachineCpu machine =
        MachineCpu.read("cpu  100 10 50 800 20 5 5 10 7 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n");

    assertThat(machine.busy()).isEqualTo(Duration.ofMillis(1_700));
    assertThat(machine.stolen()).isEqualTo(Duration.ofMillis(100));
    assertThat(machine.all()).isEqualTo(Duration.ofSeconds(10));
    assertThat(machine.percent(Duration.ofMillis(500))).isEqualTo(5);
  }

  @Test
  void what_was_used_since_then_is_the_difference() {
    MachineCpu then = MachineCpu.read("cpu 1 0 0 9 0 0 0 0");
    MachineCpu now = MachineCpu.read("cpu 3 0 0 16 0 0 0 1");

    assertThat(now.since(then))
        .isEqualTo(
            new MachineCpu(Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofMillis(100)));
    assertThat(now.since(now).percent(Duration.ZERO)).isZero();
  }

  @Test
  void a_file_without_the_line_is_refused() {
    assertThatThrownBy(() -> MachineCpu.read("intr 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"cpu\"");
  }

  @Test
  void this_machine_and_this_process_can_be_read() throws IOException {
    assertThat(MachineCpu.now().all()).isPositive();
    assertThat(ProcessCpu.of(ProcessHandle.current())).isPositive();
    assertThat(ProcessCpu.withEnded(ProcessHandle.current())).isPositive();
    assertThat(ProcessCpu.ofDescendants(ProcessHandle.current()))
        .isGreaterThanOrEqualTo(Duration.ZERO);
  }
}
