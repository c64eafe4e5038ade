package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.SmallDisk;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TortureFailure;
import java.time.Duration;
import java.util.Optional;

/** The disk of data folder and database is full; later there is room again. */
public final class FillDisk implements Scenario {
  private static final int MEBIBYTES = 512;
  private static final Duration FULL_LIMIT = Duration.ofMinutes(1);
  private static final Duration STAYS_FULL = Duration.ofSeconds(6);

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String fault() {
    return "the file system under data folder and database (512 MiB) is filled to the last byte";
  }

  @Override
  public String proof() {
    return "no byte is free, orders are refused";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Optional<String> hindrance = SmallDisk.hindrance();
    if (hindrance.isPresent()) {
      return new Outcome.NotPossible(hindrance.get());
    }
    SmallDisk disk;
    try {
      disk = stage.smallDisk(MEBIBYTES);
    } catch (TortureFailure refused) {
      return new Outcome.NotPossible(String.valueOf(refused.getMessage()));
    }
    Server server = stage.server(disk.folder().resolve("data"));
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    Rounds rounds = new Rounds(stage, shop);
    return rounds.play(
        stage.pick(3, 1),
        () -> Sql.onEmbedded(server.data()),
        _ -> {
          disk.fill();
          boolean full = disk.freeBytes() == 0;
          long from = System.nanoTime();
          // PostgreSQL still has what it has reserved for its log.
          while (rounds.log().troubledSince(from) == 0
              && System.nanoTime() - from < FULL_LIMIT.toNanos()) {
            Thread.sleep(50);
          }
          boolean refused = rounds.log().troubledSince(from) > 0;
          Thread.sleep(STAYS_FULL);
          disk.free();
          return new Rounds.Struck(full && refused, System.nanoTime());
        });
  }
}
