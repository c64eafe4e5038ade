package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.OperationLog;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.RawConnection;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that say as little as possible as slowly as possible: half of them within their
 * header, a quarter within a body, a quarter nothing at all.
 */
public final class SlowLoris implements Scenario {
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final int LONG_BODY = 1_000;

  @Override
  public String name() {
    return "slow-loris";
  }

  @Override
  public String fault() {
    return "1,000 connections that send a byte every 3 s, within header or body, or nothing";
  }

  @Override
  public String proof() {
    return "all connected at once; others' orders are acknowledged meanwhile, and none fails";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    Rounds rounds = new Rounds(stage, shop);
    int many = stage.pick(1_000, 100);
    int bytes = stage.pick(8, 2);
    String token;
    try (Api api = shop.api()) {
      token = api.token();
    }
    return rounds.play(
        1,
        () -> Sql.onEmbedded(server.data()),
        _ -> {
          List<RawConnection> slow = new ArrayList<>();
          try {
            for (int i = 0; i < many; i++) {
              slow.add(begin(server, token, i % 4));
            }
            long from = System.nanoTime();
            long before = rounds.log().count(OperationLog.Result.OK);
            for (int i = 0; i < bytes; i++) {
              Thread.sleep(PAUSE);
              for (int n = 0; n < many; n++) {
                if (n % 4 != 3) {
                  slow.get(n).write("a");
                }
              }
            }
            long served = rounds.log().count(OperationLog.Result.OK) - before;
            if (served == 0 || rounds.log().troubledSince(from) > 0) {
              rounds.found(
                  "beside them %d orders were acknowledged and %d were not"
                      .formatted(served, rounds.log().troubledSince(from)));
            }
            long hungUp = slow.stream().filter(RawConnection::isBroken).count();
            rounds.remark(
                "%d orders acknowledged meanwhile; the server hung up on %d that went on writing"
                    .formatted(served, hungUp));
            return new Rounds.Struck(slow.size() == many, System.nanoTime());
          } finally {
            for (RawConnection connection : slow) {
              connection.close();
            }
          }
        });
  }

  private static RawConnection begin(Server server, String token, int kind) throws IOException {
    RawConnection connection = new RawConnection(server.url());
    switch (kind) {
      case 0, 1 -> connection.write("POST /api/orders HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
      case 2 ->
          connection.write(
              """
              POST /api/orders HTTP/1.1\r
              Host: localhost\r
              Authorization: Bearer %s\r
              Content-Type: application/json\r
              Content-Length: %d\r
              \r
              {"customerId":"\
              """
                  .formatted(token, LONG_BODY));
      default -> {
        // Connects and says nothing.
      }
    }
    return connection;
  }
}
