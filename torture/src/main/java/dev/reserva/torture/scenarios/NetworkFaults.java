package dev.reserva.torture.scenarios;

import dev.reserva.harness.TcpProxy;
import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.environment.Sql;
import dev.reserva.torture.scenarios.Rounds.Injected;
import dev.reserva.torture.shop.Shop;
import java.time.Duration;

/** Connections fail: those between server and database, or those of the buyers. */
final class NetworkFaults {
  private static final Duration CUT = Duration.ofSeconds(2);
  private static final Duration STALL = Duration.ofSeconds(8);
  private static final Duration DELAY = Duration.ofMillis(300);
  private static final Duration DELAYED = Duration.ofSeconds(15);
  private static final Duration MUTED = Duration.ofMillis(150);

  /** Answers that have passed the network already reach their buyers within this time. */
  private static final Duration IN_FLIGHT = Duration.ofMillis(200);

  private NetworkFaults() {}

  static Scenario cutDatabase() {
    return new Scenario(
        "cut-database",
        "all connections to the database are cut by a proxy, and new ones refused for 2 s",
        "connections that the proxy has cut, no order acknowledged until it takes new ones",
        ExternalDatabase.script(
            6,
            1,
            (network, rounds) -> {
              long affected = network.affected();
              network.refuse(true);
              network.cut();
              long from = System.nanoTime();
              Thread.sleep(CUT);
              boolean silent = rounds.log().firstOkSentAfter(from).isEmpty();
              network.refuse(false);
              long over = System.nanoTime();
              return new Injected(network.affected() > affected && silent, over);
            }));
  }

  static Scenario stallDatabase() {
    return new Scenario(
        "stall-database",
        "no byte passes to or from the database for 8 s; connections stay open",
        "connections held by the proxy, no order acknowledged meanwhile",
        ExternalDatabase.script(
            2,
            1,
            (network, rounds) -> {
              long affected = network.affected();
              network.hold(true);
              Thread.sleep(IN_FLIGHT);
              long from = System.nanoTime();
              Thread.sleep(STALL);
              boolean silent = rounds.log().firstOkSentAfter(from).isEmpty();
              network.hold(false);
              long over = System.nanoTime();
              return new Injected(network.affected() > affected && silent, over);
            }));
  }

  static Scenario halfOpenDatabase() {
    return new Scenario(
        "half-open-database",
        "the connections to the database swallow everything for ever and stay open; new ones work",
        "connections forgotten by the proxy",
        ExternalDatabase.script(
            3,
            1,
            (network, _) -> {
              long affected = network.affected();
              network.forget();
              long from = System.nanoTime();
              return new Injected(network.affected() > affected, from);
            }));
  }

  static Scenario delayDatabase() {
    return new Scenario(
        "delay-database",
        "each piece of data to and from the database takes 300 ms longer, for 15 s",
        "an order takes at least 600 ms from its request to its answer",
        ExternalDatabase.script(
            2,
            1,
            (network, rounds) -> {
              network.delay(DELAY);
              long from = System.nanoTime();
              Thread.sleep(DELAYED);
              // Each answer has waited for at least one round trip.
              boolean slow =
                  rounds.log().fastestSentAfter(from).compareTo(DELAY.multipliedBy(2)) >= 0;
              network.delay(Duration.ZERO);
              return new Injected(slow, System.nanoTime());
            }));
  }

  /** Requests reach the server, but their answers do not reach the buyers. */
  static Scenario cutClients() {
    return new Scenario(
        "cut-clients",
        "answers to buyers are swallowed by a proxy, then their connections cut",
        "answers swallowed, requests of unknown outcome",
        NetworkFaults::cutClients);
  }

  private static Outcome cutClients(Environment environment) throws Exception {
    Server server = environment.server();
    server.start();
    Shop shop = Shop.create(server.url(), server.adminPassword());
    TcpProxy network = environment.proxy(server.url().getPort());
    Rounds rounds =
        new Rounds(
            environment, shop.through(network.port()), shop, () -> Sql.onEmbedded(server.data()));
    return rounds.run(
        environment.pick(20, 2),
        _ -> {
          long affected = network.affected();
          long from = System.nanoTime();
          network.dropAnswers(true);
          Thread.sleep(MUTED);
          boolean dropped = network.affected() > affected;
          network.cut();
          network.dropAnswers(false);
          long over = System.nanoTime();
          // The buyers' threads notice the cut a moment later.
          Thread.sleep(MUTED);
          return new Injected(dropped && rounds.log().failuresSince(from) > 0, over);
        });
  }
}
