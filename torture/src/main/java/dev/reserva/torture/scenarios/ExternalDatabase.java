package dev.reserva.torture.scenarios;

import dev.reserva.harness.TcpProxy;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Database;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.environment.Sql;
import dev.reserva.torture.shop.Shop;
import java.util.Map;

/** A running server on an external database, with a network between them that can fail. */
record ExternalDatabase(TcpProxy network, Rounds rounds) {

  /** A fault of the network. */
  @FunctionalInterface
  interface Fault {
    Rounds.Injected inject(TcpProxy network, Rounds rounds) throws Exception;
  }

  /** A script that injects the same fault in each round. */
  static Scenario.Script script(int rounds, int shortRounds, Fault fault) {
    return environment -> {
      ExternalDatabase running = start(environment);
      return running
          .rounds()
          .run(
              environment.pick(rounds, shortRounds),
              _ -> fault.inject(running.network(), running.rounds()));
    };
  }

  private static ExternalDatabase start(Environment environment) throws Exception {
    Database database = environment.database(Map.of());
    TcpProxy network = environment.proxy(database.port());
    Server server = environment.server().on(database, network.port());
    server.start();
    Shop shop = Shop.create(server.url(), server.adminPassword());
    return new ExternalDatabase(network, new Rounds(environment, shop, () -> Sql.on(database)));
  }
}
