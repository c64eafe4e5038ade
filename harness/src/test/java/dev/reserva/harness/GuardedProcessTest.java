package dev.reserva.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private GuardedProcess start(String script) throws IOException {
    return GuardedProcess.start(
        Children.isolated(List.of("sh", "-c", script)), folder.resolve("log"));
  }

  @Test
  void its_process_id_is_that_of_the_program_itself() throws Exception {
    GuardedProcess process = start("echo pid=$$; exec sleep 60");
    process.awaitLogged("pid=" + process.pid() + "\n", SOON);
    assertThat(process.isAlive()).isTrue();
    process.kill();
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void what_an_earlier_start_has_logged_does_not_count() throws Exception {
    GuardedProcess first = start("echo ready");
    first.awaitLogged("ready", SOON);
    assertThatThrownBy(() -> start("echo no luck; exit 3").awaitLogged("ready", SOON))
        .isInstanceOf(HarnessFailure.class)
        .hasMessage("the program ended with 3:\nno luck");
    assertThat(folder.resolve("log")).hasContent("ready\nno luck");
  }

  @Test
  void a_program_that_is_not_ready_in_time_is_named_by_what_it_has_logged() throws Exception {
    GuardedProcess process = start("echo starting; exec sleep 60");
    process.awaitLogged("starting", SOON);
    assertThatThrownBy(() -> process.awaitLogged("ready", Duration.ofMillis(1)))
        .isInstanceOf(HarnessFailure.class)
        .hasMessage("the program has not written \"ready\" after PT0.001S:\nstarting");
    process.kill();
  }

  @Test
  void a_log_that_is_shortened_is_read_from_its_new_beginning() throws Exception {
    Path log = Files.writeString(folder.resolve("log"), "of an earlier start\n");
    GuardedProcess process = start("echo first; read -r _ </dev/null; exec sleep 60");
    process.awaitLogged("first", SOON);
    Files.writeString(log, "");
    process.kill();
    Files.writeString(log, "end");
    assertThat(process.lastLogLines()).isEqualTo("end");
    assertThat(process.awaitEnd()).isEqualTo(128 + 9);
  }

  @Test
  void a_stop_lets_the_program_end_in_order() throws Exception {
    GuardedProcess process =
        start("trap 'echo in order; exit' TERM; echo ready; while :; do sleep 0.05; done");
    process.awaitLogged("ready", SOON);
    process.stop(SOON);
    assertThat(folder.resolve("log")).content().contains("in order");
  }

  @Test
  void a_program_that_ignores_the_stop_is_killed() throws Exception {
    GuardedProcess process = start("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    process.awaitLogged("ready", SOON);
    process.stop(Duration.ofMillis(100));
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void a_killed_program_leaves_no_guard_behind() throws Exception {
    GuardedProcess process = start("echo ready; exec sleep 60");
    process.awaitLogged("ready", SOON);
    List<ProcessHandle> guards = ProcessHandle.of(process.pid()).orElseThrow().children().toList();
    assertThat(guards).hasSize(1);
    process.kill();
    await().atMost(SOON).until(() -> !guards.getFirst().isAlive());
  }

  @Test
  void a_killed_jvm_leaves_no_program_behind() throws Exception {
    Process jvm =
        Children.builder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    HoldProcess.class.getName(),
                    folder.resolve("log").toString()))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    ProcessHandle program;
    try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
      String pid = output.readLine();
      assertThat(pid).as(Files.readString(folder.resolve("errors"))).isNotNull();
      program = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      assertThat(program.isAlive()).isTrue();
    } finally {
      jvm.destroyForcibly().waitFor();
    }
    await().atMost(SOON).until(() -> !program.isAlive());
  }
}
