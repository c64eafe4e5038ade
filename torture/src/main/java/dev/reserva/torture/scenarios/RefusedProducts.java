package dev.reserva.torture.scenarios;

import dev.reserva.torture.environment.Server;
import dev.reserva.torture.environment.Sql;
import dev.reserva.torture.environment.TortureFailure;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.Shop;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Products whose events sales cannot handle: a constraint added to a table by hand refuses their
 * rows. While it lasts, such products are created one after another, so that the local handler of
 * sales keeps failing.
 */
final class RefusedProducts implements DieAtFailpoint.Trigger {
  static final String ADD_CONSTRAINT =
      "alter table sales.product add constraint torture check (name not like 'Poison %') not valid";
  static final String DROP_CONSTRAINT = "alter table sales.product drop constraint torture";
  static final Duration DRAIN_LIMIT = Duration.ofMinutes(4);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  static Map<String, Object> product(int number) {
    return Shop.product("Poison " + number, 100);
  }

  @Override
  public Running start(Server server, Shop shop) throws Exception {
    execute(server, ADD_CONSTRAINT);
    AtomicBoolean over = new AtomicBoolean();
    Thread creator = Thread.ofVirtual().start(() -> create(shop, over));
    return new Running() {
      @Override
      public void stop() throws InterruptedException {
        over.set(true);
        creator.join();
      }

      @Override
      public void repair() throws Exception {
        execute(server, DROP_CONSTRAINT);
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

  /** Whether a product is created does not matter, because the server dies meanwhile. */
  private static void create(Shop shop, AtomicBoolean over) {
    for (int n = 0; !over.get(); n++) {
      try (Api api = shop.api(ANSWER_LIMIT)) {
        api.post("/api/inventory/products", product(n));
      } catch (IOException | TortureFailure e) {
        // The server is down or starts again.
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

  /** Waits until the number of parked events and dead letters is within the bounds. */
  static boolean await(Api api, int min, int max, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      int waiting = waiting(api);
      if (waiting >= min && waiting <= max) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  /** Retries all dead letters until nothing is parked; returns whether it succeeded in time. */
  static boolean retryAll(Api api) throws IOException, InterruptedException {
    long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Api.Reply reply = api.post("/api/dlq/retry", Map.of());
      if (reply.status() >= 300) {
        throw new TortureFailure("the retry of dead letters is answered %s".formatted(reply));
      }
      if (await(api, 0, 0, Duration.ofSeconds(2))) {
        return true;
      }
    }
    return false;
  }
}
