package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.SmallDisk;
import dev.reserva.torture.environment.TortureFailure;
import java.time.Duration;
import java.util.Optional;

/** The disk of the data folder and the database is full, and has room again later. */
final class FillDisk {
  private static final int MEBIBYTES = 512;
  private static final Duration FULL_LIMIT = Duration.ofMinutes(1);
  private static final Duration STAYS_FULL = Duration.ofSeconds(6);

  private FillDisk() {}

  static Scenario scenario() {
    return new Scenario(
        "disk-full",
        "the file system under data folder and database (512 MiB) is filled to the last byte",
        "no byte is free, orders are refused",
        FillDisk::run);
  }

  private static Outcome run(Environment environment) throws Exception {
    Optional<String> obstacle = SmallDisk.obstacle();
    if (obstacle.isPresent()) {
      return new Outcome.NotPossible(obstacle.get());
    }
    SmallDisk disk;
    try {
      disk = environment.smallDisk(MEBIBYTES);
    } catch (TortureFailure refused) {
      return new Outcome.NotPossible(String.valueOf(refused.getMessage()));
    }
    Rounds rounds =
        EmbeddedServer.start(environment, environment.server(disk.folder().resolve("data")))
            .rounds();
    return rounds.run(
        environment.pick(3, 1),
        _ -> {
          disk.fill();
          boolean full = disk.freeBytes() == 0;
          long from = System.nanoTime();
          // PostgreSQL still has the space that it has reserved for its log.
          while (rounds.log().failuresSince(from) == 0
              && System.nanoTime() - from < FULL_LIMIT.toNanos()) {
            Thread.sleep(50);
          }
          boolean refused = rounds.log().failuresSince(from) > 0;
          Thread.sleep(STAYS_FULL);
          disk.free();
          return new Rounds.Injected(full && refused, System.nanoTime());
        });
  }
}
