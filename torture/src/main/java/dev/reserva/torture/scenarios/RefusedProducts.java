package dev.reserva.torture.scenarios;

import dev.reserva.torture.scenarios.DieAtFailpoint.Provocation;
import dev.reserva.torture.scenarios.DieAtFailpoint.Provoked;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.TortureFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Products that sales cannot hear of: a constraint put on a table by hand refuses what their events
 * tell. While it lasts, such products are made one after the other, so that the local handler of
 * sales fails each time it is tried.
 */
final class RefusedProducts implements Provocation {
  static final String BREAK =
      "alter table sales.product add constraint torture check (name not like 'Poison %') not valid";
  static final String REPAIR = "alter table sales.product drop constraint torture";
  static final Duration DRAIN_LIMIT = Duration.ofMinutes(4);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  static Map<String, Object> product(int number) {
    return Shop.product("Poison " + number, 100);
  }

  @Override
  public Provoked begin(Server server, Shop shop) throws Exception {
    execute(server, BREAK);
    AtomicBoolean over = new AtomicBoolean();
    Thread maker = Thread.ofVirtual().start(() -> make(shop, over));
    return new Provoked() {
      @Override
      public void cease() throws InterruptedException {
        over.set(true);
        maker.join();
      }

      @Override
      public void undo() throws Exception {
        execute(server, REPAIR);
        try (Api api = shop.api(Duration.ofSeconds(30))) {
          if (!retryAll(api)) {
            throw new TortureFailure(
                "events are still parked %s after the repair".formatted(DRAIN_LIMIT));
          }
        }
      }
    };
  }

  private static void execute(Server server, String statement) throws Exception {
    try (Sql sql = Sql.onEmbedded(server.data())) {
      sql.execute(statement);
    }
  }

  /** What comes of a product does not matter: it may be there or not when the server dies. */
  private static void make(Shop shop, AtomicBoolean over) {
    for (int n = 0; !over.get(); n++) {
      try (Api api = shop.api(ANSWER_LIMIT)) {
        api.post("/api/inventory/products", product(n));
      } catch (IOException | TortureFailure e) {
        // The server is dead or starts again.
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static int waiting(Api api) throws IOException, InterruptedException {
    int waiting = 0;
    for (JsonNode queue : api.eventually("/api/stats").path("queues")) {
      waiting += queue.path("parked").asInt() + queue.path("dead").asInt();
    }
    return waiting;
  }

  /** Waits until so many events are parked or dead. */
  static boolean await(Api api, int least, int most, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      int waiting = waiting(api);
      if (waiting >= least && waiting <= most) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  /** Has all dead letters tried again until nothing is parked. */
  static boolean retryAll(Api api) throws IOException, InterruptedException {
    long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Api.Reply reply = api.post("/api/dlq/retry", Map.of());
      if (reply.status() >= 300) {
        throw new TortureFailure("the retry is answered %s".formatted(reply));
      }
      if (await(api, 0, 0, Duration.ofSeconds(2))) {
        return true;
      }
    }
    return false;
  }
}
