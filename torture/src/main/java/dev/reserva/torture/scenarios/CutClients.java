package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TcpProxy;
import java.time.Duration;

/** Requests arrive, and before their answers do, the buyers' connections are cut. */
public final class CutClients implements Scenario {
  private static final Duration MUTE = Duration.ofMillis(150);

  @Override
  public String name() {
    return "cut-clients";
  }

  @Override
  public String fault() {
    return "answers to buyers are swallowed by a proxy, then their connections cut";
  }

  @Override
  public String proof() {
    return "answers swallowed, requests of unknown outcome";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    TcpProxy network = stage.proxy(server.url().getPort());
    Rounds rounds = new Rounds(stage, shop.through(network.port()), shop);
    return rounds.play(
        stage.pick(20, 2),
        () -> Sql.onEmbedded(server.data()),
        _ -> {
          long hurt = network.hurt();
          long from = System.nanoTime();
          network.muteAnswers(true);
          Thread.sleep(MUTE);
          boolean swallowed = network.hurt() > hurt;
          network.cut();
          network.muteAnswers(false);
          long over = System.nanoTime();
          // Cut connections are noticed at once, but by other threads.
          Thread.sleep(MUTE);
          return new Rounds.Struck(swallowed && rounds.log().troubledSince(from) > 0, over);
        });
  }
}
