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
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final String point;
  private final String where;
  private final int most;

  /**
   * @param point the failpoint's name in the server
   * @param where the same in words
   * @param most N is at least 1 and at most this
   */
  public DieAtFailpoint(String point, String where, int most) {
    this.point = point;
    this.where = where;
    this.most = most;
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
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    return new Rounds(stage, shop)
        .play(
            stage.pick(8, 1),
            () -> Sql.onEmbedded(server.data()),
            _ -> {
              // The failpoint is given at the start; this first crash only makes room for it.
              server.kill();
              long before = server.said(said());
              server.with(PROPERTY, point + "@" + stage.random().nextInt(1, most + 1)).launch();
              int status =
                  server
                      .awaitEnd(LIMIT)
                      .orElseThrow(() -> new TortureFailure("the failpoint is never reached"));
              long dead = System.nanoTime();
              server.with(PROPERTY, null).start();
              return new Rounds.Struck(status == STATUS && server.said(said()) == before + 1, dead);
            });
  }

  private String said() {
    return "failpoint " + point + " hit ";
  }
}
