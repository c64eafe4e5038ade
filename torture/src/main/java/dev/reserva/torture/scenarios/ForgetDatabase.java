package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TcpProxy;

/** Half-open connections: those to the database are dead and do not say so; new ones work. */
public final class ForgetDatabase implements Scenario {

  @Override
  public String name() {
    return "half-open-database";
  }

  @Override
  public String fault() {
    return "the connections to the database swallow everything for ever and stay open; new ones work";
  }

  @Override
  public String proof() {
    return "connections forgotten by the proxy";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    ExternalDatabase place = ExternalDatabase.start(stage);
    TcpProxy network = place.network();
    Rounds rounds = new Rounds(stage, place.shop());
    return rounds.play(
        stage.pick(3, 1),
        place::sql,
        _ -> {
          long hurt = network.hurt();
          network.forget();
          long from = System.nanoTime();
          return new Rounds.Struck(network.hurt() > hurt, from);
        });
  }
}
