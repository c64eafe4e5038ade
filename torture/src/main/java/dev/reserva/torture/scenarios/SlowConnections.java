package dev.reserva.torture.scenarios;

import dev.reserva.harness.HttpConnection;
import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.RawConnection;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.OperationLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * More slow connections than the server has places, all from one address, which opens a new one for
 * each that is closed: a third within the request line, a third within a field of the header, and a
 * third within the body of a registration, for which no token is needed.
 */
final class SlowConnections {
  private static final String ATTACKER = "127.0.0.2";
  private static final Duration PAUSE = Duration.ofSeconds(4);
  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(5);
  private static final int MANY = 2_200;

  private SlowConnections() {}

  static Scenario scenario() {
    return new Scenario(
        "slow-connections",
        "2,200 connections of one address that send a byte every 4 s, within header or body,"
            + " and come back when they are closed",
        "all connected; the server counts connections that it has refused and cut; meanwhile"
            + " others' orders and health checks are answered, and none fails",
        SlowConnections::run);
  }

  private static Outcome run(Environment environment) throws Exception {
    EmbeddedServer running = EmbeddedServer.start(environment);
    Rounds rounds = running.rounds();
    int bytes = environment.pick(15, 4);
    return rounds.run(1, _ -> attack(running, rounds, bytes));
  }

  private static Rounds.Injected attack(EmbeddedServer running, Rounds rounds, int bytes)
      throws Exception {
    Server server = running.server();
    List<RawConnection> slow = new ArrayList<>();
    int opened = 0;
    int unhealthy = 0;
    try {
      long from = System.nanoTime();
      long before = rounds.log().count(OperationLog.Result.OK);
      for (int i = 0; i < MANY; i++) {
        slow.add(begin(server, i));
        opened++;
      }
      for (int i = 0; i < bytes; i++) {
        unhealthy += isHealthy(server) ? 0 : 1;
        Thread.sleep(PAUSE);
        for (int n = 0; n < MANY; n++) {
          slow.get(n).write("a");
          if (slow.get(n).isBroken()) {
            slow.get(n).close();
            slow.set(n, begin(server, n));
            opened++;
          }
        }
      }
      unhealthy += isHealthy(server) ? 0 : 1;
      long served = rounds.log().count(OperationLog.Result.OK) - before;
      if (served == 0 || rounds.log().failuresSince(from) > 0) {
        rounds.found(
            "meanwhile %d orders were acknowledged and %d were not"
                .formatted(served, rounds.log().failuresSince(from)));
      }
      if (unhealthy > 0) {
        rounds.found("%d of %d health checks failed".formatted(unhealthy, bytes + 1));
      }
      long refused;
      long cut;
      try (Api api = running.shop().api()) {
        String metrics = api.get("/actuator/prometheus").text();
        refused = count(metrics, "refused");
        cut = count(metrics, "cut");
      }
      rounds.remark(
          "%d connections opened, %d refused, %d cut; %d orders acknowledged meanwhile"
              .formatted(opened, refused, cut, served));
      return new Rounds.Injected(opened >= MANY && refused > 0 && cut > 0, System.nanoTime());
    } finally {
      for (RawConnection connection : slow) {
        connection.close();
      }
    }
  }

  private static boolean isHealthy(Server server) {
    for (String path : List.of("/api/health", "/actuator/health/readiness")) {
      try (HttpConnection connection = new HttpConnection(server.url(), HEALTH_LIMIT)) {
        if (connection.get(path, "").status() != 200) {
          return false;
        }
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  private static long count(String metrics, String figure) {
    Matcher value =
        Pattern.compile("(?m)^reserva_connections_%s_total (\\S+)$".formatted(figure))
            .matcher(metrics);
    return value.find() ? (long) Double.parseDouble(value.group(1)) : 0;
  }

  private static RawConnection begin(Server server, int number) throws IOException {
    RawConnection connection = new RawConnection(server.url(), ATTACKER);
    switch (number % 3) {
      case 0 -> connection.write("POST /api/custom");
      case 1 -> connection.write("POST /api/customers HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
      default ->
          connection.write(
              """
              POST /api/customers HTTP/1.1\r
              Host: localhost\r
              Content-Type: application/json\r
              Content-Length: 1000\r
              \r
              {"name":"\
              """);
    }
    return connection;
  }
}
