package dev.reserva.bench;

import dev.reserva.harness.ProcessCpu;
import dev.reserva.postgres.EmbeddedPostgres;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the {@link Baseline} on a database of its own, while no server runs. */
final class BaselineRun {
  private static final int[] CONNECTIONS = {8, 32};

  private BaselineRun() {}

  /**
   * @param used CPU time; there is no server, so its part is zero
   */
  record Figures(int connections, Measured measured, CpuTime used) {}

  /** The last figures are those with the most connections: the unit of all ratios. */
  static List<Figures> measure(Plan plan) throws IOException, SQLException, InterruptedException {
    Path folder = Files.createTempDirectory("reserva-bench-baseline-");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      Baseline.prepare(postgres, plan.skus());
      Client.Door door = () -> Baseline.open(postgres, plan.skus());
      Bench.say("warming the baseline up");
      Load.closed(CONNECTIONS[0], plan.baselineWarmUp(), door);
      List<Figures> measured = new ArrayList<>();
      for (int connections : CONNECTIONS) {
        Bench.say("baseline, " + connections + " connections");
        CpuTime before = cpuTime();
        Measured done = Load.closed(connections, plan.phase(), door).complete();
        measured.add(new Figures(connections, done, cpuTime().since(before)));
      }
      return measured;
    } finally {
      Folders.delete(folder);
    }
  }

  /** The database is the only process below this one. */
  private static CpuTime cpuTime() throws IOException {
    return CpuTime.now(
        Duration.ZERO, ProcessCpu.ofDescendants(ProcessHandle.current()), Duration.ZERO);
  }
}
