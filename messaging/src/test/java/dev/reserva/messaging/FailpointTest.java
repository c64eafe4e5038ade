package dev.reserva.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each case runs in a process of its own, because a failpoint halts the process. */
class FailpointTest {

  /** Hits each failpoint twice, and then prints that it is alive. */
  static final class Walk {
    private Walk() {}

    public static void main(String[] arguments) {
      for (int round = 1; round <= 2; round++) {
        for (Failpoint point : Failpoint.values()) {
          point.hit();
          System.out.println(round + " " + point);
        }
      }
      System.out.println("alive");
    }
  }

  private record Ended(int status, List<String> said) {}

  private static Ended walk(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Walk.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said.lines().toList());
  }

  @Test
  void unarmed_failpoints_do_nothing() throws Exception {
    Ended ended = walk();

    assertThat(ended.status()).isZero();
    assertThat(ended.said()).hasSize(2 * Failpoint.values().length + 1).last().isEqualTo("alive");
  }

  @Test
  void an_armed_failpoint_halts_the_process_at_the_given_hit_and_reports_it() throws Exception {
    Ended ended = walk("-Dreserva.failpoint=AFTER_COMMIT_BEFORE_WAKE_UP@2");

    assertThat(ended.status()).isEqualTo(Failpoint.STATUS);
    assertThat(ended.said())
        .containsExactly(
            "1 AFTER_EFFECT_BEFORE_COMMIT",
            "1 AFTER_COMMIT_BEFORE_WAKE_UP",
            "1 AFTER_LOCAL_DELIVERY_BEFORE_APPEND",
            "1 AFTER_LOCAL_FAILURE_BEFORE_RERUN",
            "1 AFTER_PROVIDER_CALL_BEFORE_RECORD",
            "2 AFTER_EFFECT_BEFORE_COMMIT",
            "failpoint AFTER_COMMIT_BEFORE_WAKE_UP hit 2, halting");
  }

  @Test
  void an_armed_failpoint_does_nothing_before_and_after_its_hit() throws Exception {
    assertThat(walk("-Dreserva.failpoint=AFTER_EFFECT_BEFORE_COMMIT@3").said())
        .last()
        .isEqualTo("alive");
  }

  @Test
  void an_unknown_failpoint_ends_the_program() throws Exception {
    assertThat(walk("-Dreserva.failpoint=AFTER_LUNCH@1").status()).isEqualTo(1);
  }
}
