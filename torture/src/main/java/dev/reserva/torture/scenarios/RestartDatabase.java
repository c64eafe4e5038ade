package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;

/**
 * PostgreSQL ends all sessions and shuts down, as an administrator would make it; the server brings
 * it back.
 */
public final class RestartDatabase implements Scenario {

  @Override
  public String name() {
    return "restart-database";
  }

  @Override
  public String fault() {
    return "PostgreSQL shut down in order (SIGINT) and started again, all sessions ended";
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
            stage.pick(6, 1),
            () -> Sql.onEmbedded(server.data()),
            _ -> {
              long pid = server.databasePid();
              ProcessHandle database = ProcessHandle.of(pid).orElseThrow();
              new ProcessBuilder("kill", "-INT", String.valueOf(pid)).start().waitFor();
              Server.awaitGone(database);
              long down = System.nanoTime();
              server.awaitReady();
              return new Rounds.Struck(server.databasePid() != pid, down);
            });
  }
}
