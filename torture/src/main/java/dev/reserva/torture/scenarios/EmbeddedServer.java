package dev.reserva.torture.scenarios;

import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.environment.Sql;
import dev.reserva.torture.shop.Shop;
import java.io.IOException;
import java.sql.SQLException;

/** A running server with its embedded database, a shop on it, and the rounds of a scenario. */
record EmbeddedServer(Server server, Shop shop, Rounds rounds) {

  /** A fault of such a server. */
  @FunctionalInterface
  interface Fault {
    Rounds.Injected inject(Server server) throws Exception;
  }

  /** A script that injects the same fault in each round. */
  static Scenario.Script script(int rounds, int shortRounds, Fault fault) {
    return environment -> {
      EmbeddedServer running = start(environment);
      return running
          .rounds()
          .run(environment.pick(rounds, shortRounds), _ -> fault.inject(running.server()));
    };
  }

  static EmbeddedServer start(Environment environment) throws IOException, InterruptedException {
    return start(environment, environment.server());
  }

  /**
   * @param server not started yet
   */
  static EmbeddedServer start(Environment environment, Server server)
      throws IOException, InterruptedException {
    server.start();
    Shop shop = Shop.create(server.url(), server.adminPassword());
    return new EmbeddedServer(
        server, shop, new Rounds(environment, shop, () -> Sql.onEmbedded(server.data())));
  }

  Sql sql() throws IOException, SQLException {
    return Sql.onEmbedded(server.data());
  }
}
