package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;

/** {@code kill -9} of the server at random times; its database follows it by itself. */
public final class KillServer implements Scenario {
  private static final int KILLED = 128 + 9;

  @Override
  public String name() {
    return "kill-server";
  }

  @Override
  public String fault() {
    return "kill -9 of the server's process at random times, then started again";
  }

  @Override
  public String proof() {
    return "exit status 137";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    return new Rounds(stage, shop)
        .play(
            stage.pick(10, 1),
            () -> Sql.onEmbedded(server.data()),
            _ -> {
              int status = server.kill();
              long dead = System.nanoTime();
              server.start();
              return new Rounds.Struck(status == KILLED, dead);
            });
  }
}
