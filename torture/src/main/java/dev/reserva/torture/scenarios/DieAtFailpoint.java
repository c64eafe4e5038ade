package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.environment.TortureFailure;
import dev.reserva.torture.shop.Shop;
import java.time.Duration;
import java.util.Locale;

/** The server dies at a failpoint in its code, when it reaches the failpoint for the Nth time. */
final class DieAtFailpoint {
  private static final String PROPERTY = "reserva.failpoint";
  private static final int STATUS = 86;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final String point;
  private final int minHits;
  private final Trigger trigger;

  private DieAtFailpoint(String point, int minHits, Trigger trigger) {
    this.point = point;
    this.minHits = minHits;
    this.trigger = trigger;
  }

  /** Makes a server reach the failpoint. */
  @FunctionalInterface
  interface Trigger {
    /** Called in each round, while a server runs. */
    Running start(Server server, Shop shop) throws Exception;

    /** A trigger that is active. */
    interface Running {
      /** Nothing to stop: orders reach the failpoint. */
      Running NOTHING = new Running() {};

      /** Called when the server has died, so that the next one does not die before its round. */
      default void stop() throws Exception {}

      /** Called when the server runs again. */
      default void repair() throws Exception {}
    }
  }

  /**
   * A failpoint that orders reach.
   *
   * @param point the failpoint's name in the server
   * @param place the same in words
   * @param minHits how often a server reaches it before it has buyers; it dies at a random number
   *     from here to twice as many
   */
  static Scenario scenario(String point, String place, int minHits) {
    return scenario(point, place, minHits, (_, _) -> Trigger.Running.NOTHING);
  }

  /**
   * @param trigger starts in each round
   */
  static Scenario scenario(String point, String place, int minHits, Trigger trigger) {
    return new Scenario(
        "die-" + point.toLowerCase(Locale.ROOT).replace('_', '-'),
        "the server halts " + place,
        "exit status 86, and the failpoint's line in the log",
        new DieAtFailpoint(point, minHits, trigger)::run);
  }

  private Outcome run(Environment environment) throws Exception {
    int rounds = environment.pick(5, 1);
    EmbeddedServer running =
        EmbeddedServer.start(environment, environment.server().with(PROPERTY, armed(environment)));
    Server server = running.server();
    return running
        .rounds()
        .run(
            rounds,
            round -> {
              Trigger.Running active = trigger.start(server, running.shop());
              int status =
                  server
                      .awaitEnd(LIMIT)
                      .orElseThrow(() ->
                          new TortureFailure(
                              "the failpoint was not reached within %s".formatted(LIMIT)));
              long dead = System.nanoTime();
              boolean proven =
                  status == STATUS
                      && server.countInLog("failpoint " + point + " hit ") == round + 1;
              active.stop();
              server.with(PROPERTY, round + 1 < rounds ? armed(environment) : null).start();
              active.repair();
              return new Rounds.Injected(proven, dead);
            });
  }

  private String armed(Environment environment) {
    return point + "@" + (minHits + environment.random().nextInt(minHits));
  }
}
