package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TcpProxy;
import java.time.Duration;

/** The network to the database stands still for a while; nothing is lost on it. */
public final class StallDatabase implements Scenario {
  private static final Duration HOMEWARD = Duration.ofMillis(200);
  private static final Duration OUTAGE = Duration.ofSeconds(8);

  @Override
  public String name() {
    return "stall-database";
  }

  @Override
  public String fault() {
    return "no byte passes to or from the database for 8 s; connections stay open";
  }

  @Override
  public String proof() {
    return "connections held by the proxy, no order acknowledged meanwhile";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    ExternalDatabase place = ExternalDatabase.start(stage);
    TcpProxy network = place.network();
    Rounds rounds = new Rounds(stage, place.shop());
    return rounds.play(
        stage.pick(2, 1),
        place::sql,
        _ -> {
          long hurt = network.hurt();
          network.hold(true);
          // What had its answer on the way home is home by then.
          Thread.sleep(HOMEWARD);
          long from = System.nanoTime();
          Thread.sleep(OUTAGE);
          boolean silent = rounds.log().firstOkSentAfter(from).isEmpty();
          network.hold(false);
          long over = System.nanoTime();
          return new Rounds.Struck(network.hurt() > hurt && silent, over);
        });
  }
}
