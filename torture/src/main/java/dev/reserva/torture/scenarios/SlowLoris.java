package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.RawConnection;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.OperationLog;
import dev.reserva.torture.shop.Shop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that send very slowly: half of them send a header, a quarter a body, and a quarter
 * nothing.
 */
final class SlowLoris {
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final int LONG_BODY = 1_000;

  private SlowLoris() {}

  static Scenario scenario() {
    return new Scenario(
        "slow-loris",
        "1,000 connections that send a byte every 3 s, within header or body, or nothing",
        "all connected at once; others' orders are acknowledged meanwhile, and none fails",
        SlowLoris::run);
  }

  private static Outcome run(Environment environment) throws Exception {
    EmbeddedServer running = EmbeddedServer.start(environment);
    Server server = running.server();
    Shop shop = running.shop();
    Rounds rounds = running.rounds();
    int many = environment.pick(1_000, 100);
    int bytes = environment.pick(8, 2);
    String token;
    try (Api api = shop.api()) {
      token = api.token();
    }
    return rounds.run(
        1,
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
            if (served == 0 || rounds.log().failuresSince(from) > 0) {
              rounds.found(
                  "meanwhile %d orders were acknowledged and %d were not"
                      .formatted(served, rounds.log().failuresSince(from)));
            }
            long hungUp = slow.stream().filter(RawConnection::isBroken).count();
            rounds.remark(
                "%d orders acknowledged meanwhile; the server hung up on %d that went on writing"
                    .formatted(served, hungUp));
            return new Rounds.Injected(slow.size() == many, System.nanoTime());
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
        // Sends nothing.
      }
    }
    return connection;
  }
}
