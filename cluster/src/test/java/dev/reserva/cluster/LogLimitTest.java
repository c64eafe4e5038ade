package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.harness.Children;
import dev.reserva.harness.GuardedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLimitTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void a_large_log_is_put_aside_and_its_program_goes_on_in_an_empty_one() throws Exception {
    Path log = folder.resolve("sales-1.log");
    Path go = folder.resolve("go");
    GuardedProcess process =
        GuardedProcess.start(
            Children.isolated(
                List.of(
                    "sh",
                    "-c",
                    "echo first; while [ ! -e %s ]; do sleep 0.02; done; echo second; exec sleep 60"
                        .formatted(go))),
            log);
    try {
      process.awaitLogged("first", SOON);
      new LogLimit(folder, 6).apply();
      assertThat(log).hasContent("first");

      new LogLimit(folder, 5).apply();
      assertThat(log).isEmptyFile();
      assertThat(folder.resolve("sales-1.log.1")).hasContent("first");

      Files.createFile(go);
      process.awaitLogged("second", SOON);
      assertThat(log).hasContent("second");
    } finally {
      process.kill();
    }
  }
}
