package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TcpProxy;
import java.time.Duration;

/** All connections to the database end at once, and for a while there are no new ones. */
public final class CutDatabase implements Scenario {
  private static final Duration OUTAGE = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "cut-database";
  }

  @Override
  public String fault() {
    return "all connections to the database are cut by a proxy, and new ones refused for 2 s";
  }

  @Override
  public String proof() {
    return "connections that the proxy has cut, no order acknowledged until it takes new ones";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    ExternalDatabase place = ExternalDatabase.start(stage);
    TcpProxy network = place.network();
    Rounds rounds = new Rounds(stage, place.shop());
    return rounds.play(
        stage.pick(6, 1),
        place::sql,
        _ -> {
          long hurt = network.hurt();
          network.refuse(true);
          network.cut();
          long from = System.nanoTime();
          Thread.sleep(OUTAGE);
          boolean silent = rounds.log().firstOkSentAfter(from).isEmpty();
          network.refuse(false);
          long over = System.nanoTime();
          return new Rounds.Struck(network.hurt() > hurt && silent, over);
        });
  }
}
