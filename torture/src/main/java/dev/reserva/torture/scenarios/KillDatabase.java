package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;

/** {@code kill -9} of the embedded PostgreSQL; the server brings it back. */
public final class KillDatabase implements Scenario {

  @Override
  public String name() {
    return "kill-database";
  }

  @Override
  public String fault() {
    return "kill -9 of PostgreSQL at random times; the server starts it again";
  }

  @Override
  public String proof() {
    return "the process is gone, another has its place";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    return new Rounds(stage, shop)
        .play(
            stage.pick(12, 1),
            () -> Sql.onEmbedded(server.data()),
            _ -> {
              long killed = server.killDatabase();
              long dead = System.nanoTime();
              server.awaitReady();
              return new Rounds.Struck(server.databasePid() != killed, dead);
            });
  }
}
