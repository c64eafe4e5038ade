package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;

/** {@code kill -9} of server and database at the same moment. */
public final class KillBoth implements Scenario {
  private static final int KILLED = 128 + 9;

  @Override
  public String name() {
    return "kill-both";
  }

  @Override
  public String fault() {
    return "kill -9 of the server and of PostgreSQL at the same moment";
  }

  @Override
  public String proof() {
    return "exit status 137, both processes gone";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    return new Rounds(stage, shop)
        .play(
            stage.pick(6, 1),
            () -> Sql.onEmbedded(server.data()),
            _ -> {
              ProcessHandle database = ProcessHandle.of(server.databasePid()).orElseThrow();
              database.destroyForcibly();
              int status = server.kill();
              Server.awaitGone(database);
              long dead = System.nanoTime();
              server.start();
              return new Rounds.Struck(status == KILLED, dead);
            });
  }
}
