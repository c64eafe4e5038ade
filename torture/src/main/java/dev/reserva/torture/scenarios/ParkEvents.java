package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.OperationLog;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A handler that cannot bear certain events, by the thousand, each of a key of its own: a
 * constraint put on a table by hand refuses what they tell. When it is taken away, an operator has
 * all of them tried again.
 */
public final class ParkEvents implements Scenario {
  private static final int MAKERS = 8;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration PARK_LIMIT = Duration.ofMinutes(4);
  private static final Duration MEANWHILE = Duration.ofSeconds(3);
  private static final Duration THROUGH_LIMIT = Duration.ofSeconds(30);
  private static final int SAMPLE = 100;

  @Override
  public String name() {
    return "park-events";
  }

  @Override
  public String fault() {
    return "10,000 events of 10,000 keys that sales cannot handle; later it can, and all are retried";
  }

  @Override
  public String proof() {
    return "the server counts as many parked events or dead letters";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    Rounds rounds = new Rounds(stage, shop);
    int events = stage.pick(10_000, 200);
    return rounds.play(
        1,
        () -> Sql.onEmbedded(server.data()),
        _ -> {
          try (Sql sql = Sql.onEmbedded(server.data());
              Api api = shop.api()) {
            sql.execute(RefusedProducts.BREAK);
            long broken = System.nanoTime();
            List<String> poisoned = make(shop, events);
            boolean parked = RefusedProducts.await(api, events, Integer.MAX_VALUE, PARK_LIMIT);
            Duration parking = Duration.ofNanos(System.nanoTime() - broken);
            Duration through = judgeOthers(rounds, api, poisoned);
            sql.execute(RefusedProducts.REPAIR);
            long repaired = System.nanoTime();
            boolean drained = RefusedProducts.retryAll(api);
            Duration draining = Duration.ofNanos(System.nanoTime() - repaired);
            if (!drained) {
              rounds.found(
                  "events are still parked %s after the repair"
                      .formatted(RefusedProducts.DRAIN_LIMIT));
            }
            judgeRepaired(rounds, api, poisoned);
            rounds.remark(
                "parked within %s s, an order placed then was through after %s s, all drained %s s after the repair"
                    .formatted(
                        Outcome.seconds(parking),
                        Outcome.seconds(through),
                        Outcome.seconds(draining)));
            return new Rounds.Struck(parked, repaired);
          }
        });
  }

  /** Makes products that sales will not bear to hear of; returns their ids. */
  private static List<String> make(Shop shop, int count) throws Exception {
    List<Future<List<String>>> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int maker = 0; maker < MAKERS; maker++) {
        int first = maker;
        parts.add(
            threads.submit(() -> {
              List<String> made = new ArrayList<>();
              try (Api api = shop.api(ANSWER_LIMIT)) {
                for (int n = first; n < count; n += MAKERS) {
                  made.add(
                      api.post("/api/inventory/products", RefusedProducts.product(n))
                          .expect(201)
                          .path("id")
                          .asString());
                }
              }
              return made;
            }));
      }
    }
    List<String> all = new ArrayList<>();
    for (Future<List<String>> part : parts) {
      all.addAll(part.get());
    }
    return all;
  }

  /**
   * @return how long the last order that was placed took to its end
   */
  private static Duration judgeOthers(Rounds rounds, Api api, List<String> poisoned)
      throws IOException, InterruptedException {
    long from = System.nanoTime();
    long before = rounds.log().count(OperationLog.Result.OK);
    Thread.sleep(MEANWHILE);
    if (rounds.log().troubledSince(from) > 0
        || rounds.log().count(OperationLog.Result.OK) == before) {
      rounds.found("orders of other products did not flow while events were parked");
    }
    Duration through = awaitThrough(rounds, api);
    String product = poisoned.getFirst();
    int answer = api.post("/api/orders", order(customer(api), product)).status();
    if (answer != 422) {
      rounds.found("an order for a product that sales cannot know is answered " + answer);
    }
    return through;
  }

  private static Duration awaitThrough(Rounds rounds, Api api)
      throws IOException, InterruptedException {
    OperationLog.Operation last = rounds.log().all(OperationLog.Result.OK).getLast();
    while (true) {
      String status = api.eventually("/api/orders/" + last.id()).path("status").asString();
      Duration since = Duration.ofNanos(System.nanoTime() - last.answeredNanos());
      if (status.equals("CONFIRMED") || status.equals("CANCELLED")) {
        return since;
      }
      if (since.compareTo(THROUGH_LIMIT) > 0) {
        rounds.found("an order was still %s %s after it was placed".formatted(status, since));
        return since;
      }
      Thread.sleep(20);
    }
  }

  private static void judgeRepaired(Rounds rounds, Api api, List<String> poisoned)
      throws IOException {
    String customer = customer(api);
    int known = 0;
    for (int i = 0; i < SAMPLE; i++) {
      String product = poisoned.get(i * (poisoned.size() / SAMPLE));
      known += api.post("/api/orders", order(customer, product)).status() == 201 ? 1 : 0;
    }
    if (known != SAMPLE) {
      rounds.found(
          "of %d products that were told late only %d can be ordered".formatted(SAMPLE, known));
    }
  }

  private static String customer(Api api) throws IOException {
    return api.post(
            "/api/customers",
            Map.of("name", "Late Buyer", "email", "late-" + System.nanoTime() + "@example.org"))
        .expect(201)
        .path("id")
        .asString();
  }

  private static Map<String, Object> order(String customer, String product) {
    return Map.of(
        "customerId", customer, "items", List.of(Map.of("productId", product, "quantity", 1)));
  }
}
