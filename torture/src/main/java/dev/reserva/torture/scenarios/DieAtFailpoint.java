package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import dev.reserva.torture.stage.TortureFailure;
import java.time.Duration;
import java.util.Locale;

/**
 * The server dies at a place in its code, at the Nth time that it comes by: where a crash leaves
 * the most to be put right.
 */
public final class DieAtFailpoint implements Scenario {
  private static final String PROPERTY = "reserva.failpoint";
  private static final int STATUS = 86;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final String point;
  private final String where;
  private final int least;
  private final Provocation provocation;

  /** What makes a server come by the place. */
  @FunctionalInterface
  interface Provocation {
    /** Called when a server runs. */
    Provoked begin(Server server, Shop shop) throws Exception;
  }

  /** A provocation under way. */
  interface Provoked {
    /** There is none. */
    Provoked NOTHING = new Provoked() {};

    /** Called when the server has died: the next one is not to come by before its round. */
    default void cease() throws Exception {}

    /** Called when the server runs again. */
    default void undo() throws Exception {}
  }

  /**
   * For a place that orders come by.
   *
   * @param point the failpoint's name in the server
   * @param where the same in words
   * @param least how often a server comes by before it has buyers; it dies at up to twice as many
   */
  public DieAtFailpoint(String point, String where, int least) {
    this(point, where, least, (server, shop) -> Provoked.NOTHING);
  }

  /**
   * @param point the failpoint's name in the server
   * @param where the same in words
   * @param least it dies when it comes by this often, or up to twice as often
   * @param provocation begins in each round
   */
  DieAtFailpoint(String point, String where, int least, Provocation provocation) {
    this.point = point;
    this.where = where;
    this.least = least;
    this.provocation = provocation;
  }

  @Override
  public String name() {
    return "die-" + point.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String fault() {
    return "the server halts " + where;
  }

  @Override
  public String proof() {
    return "exit status 86, and the failpoint's line in the log";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    int rounds = stage.pick(5, 1);
    Server server = stage.server().with(PROPERTY, armed(stage));
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    return new Rounds(stage, shop)
        .play(
            rounds,
            () -> Sql.onEmbedded(server.data()),
            round -> {
              Provoked provoked = provocation.begin(server, shop);
              int status =
                  server
                      .awaitEnd(LIMIT)
                      .orElseThrow(() -> new TortureFailure("the failpoint is never reached"));
              long dead = System.nanoTime();
              boolean proven = status == STATUS && server.said(said()) == round + 1;
              provoked.cease();
              server.with(PROPERTY, round + 1 < rounds ? armed(stage) : null).start();
              provoked.undo();
              return new Rounds.Struck(proven, dead);
            });
  }

  private String armed(Stage stage) {
    return point + "@" + (least + stage.random().nextInt(least));
  }

  private String said() {
    return "failpoint " + point + " hit ";
  }
}
