package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TcpProxy;
import java.time.Duration;

/** Each word to and from the database takes longer. */
public final class DelayDatabase implements Scenario {
  private static final Duration DELAY = Duration.ofMillis(300);
  private static final Duration OUTAGE = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "delay-database";
  }

  @Override
  public String fault() {
    return "each piece of data to and from the database takes 300 ms longer, for 15 s";
  }

  @Override
  public String proof() {
    return "an order takes at least 600 ms from its request to its answer";
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
          network.delay(DELAY);
          long from = System.nanoTime();
          Thread.sleep(OUTAGE);
          // Whoever is answered in time has waited for at least one round trip.
          boolean slow = rounds.log().fastestSentAfter(from).compareTo(DELAY.multipliedBy(2)) >= 0;
          network.delay(Duration.ZERO);
          return new Rounds.Struck(slow, System.nanoTime());
        });
  }
}
