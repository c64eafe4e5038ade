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

/** Measures the {@link Baseline} on a database of its own while no server runs. */
final class BaselineRun {
  private static final int[] CONNECTIONS = {8, 32};

  private BaselineRun() {}

  /**
   * @param used CPU time; the server's part is zero, because there is none
   */
  record Figures(int connections, Measured measured, CpuTime used) {}

  /**
   * Measures each number of connections. The last figures, with the most, are the unit of all
   * ratios.
   */
  static List<Figures> measure(Plan plan) throws IOException, SQLException, InterruptedException {
    Path folder = Files.createTempDirectory("reserva-bench-baseline-");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      Baseline.prepare(postgres, plan.skus());
      Client.Factory clients = () -> Baseline.open(postgres, plan.skus());
      Bench.say("warming up the baseline");
      Load.closed(CONNECTIONS[0], plan.baselineWarmUp(), clients);
      List<Figures> measured = new ArrayList<>();
      for (int connections : CONNECTIONS) {
        Bench.say("baseline, " + connections + " connections");
        CpuTime before = cpuTime();
        Measured done = Load.closed(connections, plan.phase(), clients).complete();
        measured.add(new Figures(connections, done, cpuTime().since(before)));
      }
      return measured;
    } finally {
      Folders.delete(folder);
    }
  }

  /** The database is the only descendant of this process. */
  private static CpuTime cpuTime() throws IOException {
    return CpuTime.now(
        Duration.ZERO, ProcessCpu.ofDescendants(ProcessHandle.current()), Duration.ZERO);
  }
}
