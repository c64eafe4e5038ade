package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Sql;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.OperationLog;
import dev.reserva.torture.shop.Shop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sales cannot handle thousands of events, each of another key: a constraint added to a table by
 * hand refuses their rows. When the constraint is dropped, an operator retries all of them.
 */
final class ParkEvents {
  private static final int CREATORS = 8;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration PARK_LIMIT = Duration.ofMinutes(4);
  private static final Duration OBSERVED = Duration.ofSeconds(3);
  private static final Duration DECISION_LIMIT = Duration.ofSeconds(30);
  private static final int SAMPLE = 100;

  private ParkEvents() {}

  static Scenario scenario() {
    return new Scenario(
        "park-events",
        "10,000 events of 10,000 keys that sales cannot handle; later it can, and all are retried",
        "the server counts as many parked events or dead letters",
        ParkEvents::run);
  }

  private static Outcome run(Environment environment) throws Exception {
    EmbeddedServer running = EmbeddedServer.start(environment);
    Rounds rounds = running.rounds();
    int events = environment.pick(10_000, 200);
    return rounds.run(
        1,
        _ -> {
          try (Sql sql = running.sql();
              Api api = running.shop().api()) {
            sql.execute(RefusedProducts.ADD_CONSTRAINT);
            long broken = System.nanoTime();
            List<String> poisoned = create(running.shop(), events);
            boolean parked = RefusedProducts.await(api, events, Integer.MAX_VALUE, PARK_LIMIT);
            Duration parking = Duration.ofNanos(System.nanoTime() - broken);
            Duration decided = checkOtherOrders(rounds, api, poisoned);
            sql.execute(RefusedProducts.DROP_CONSTRAINT);
            long repaired = System.nanoTime();
            boolean drained = RefusedProducts.retryAll(api);
            Duration draining = Duration.ofNanos(System.nanoTime() - repaired);
            if (!drained) {
              rounds.found(
                  "events are still parked %s after the repair"
                      .formatted(RefusedProducts.DRAIN_LIMIT));
            }
            checkRepaired(rounds, api, poisoned);
            rounds.remark(
                "parked within %s s, an order placed then was decided after %s s, all drained %s s after the repair"
                    .formatted(
                        Outcome.seconds(parking),
                        Outcome.seconds(decided),
                        Outcome.seconds(draining)));
            return new Rounds.Injected(parked, repaired);
          }
        });
  }

  /** Creates products whose events sales cannot handle; returns their ids. */
  private static List<String> create(Shop shop, int count) throws Exception {
    List<Future<List<String>>> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int creator = 0; creator < CREATORS; creator++) {
        int first = creator;
        parts.add(
            threads.submit(() -> {
              List<String> made = new ArrayList<>();
              try (Api api = shop.api(ANSWER_LIMIT)) {
                for (int n = first; n < count; n += CREATORS) {
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
   * @return how long the decision of the last placed order took
   */
  private static Duration checkOtherOrders(Rounds rounds, Api api, List<String> poisoned)
      throws IOException, InterruptedException {
    long from = System.nanoTime();
    long before = rounds.log().count(OperationLog.Result.OK);
    Thread.sleep(OBSERVED);
    if (rounds.log().failuresSince(from) > 0
        || rounds.log().count(OperationLog.Result.OK) == before) {
      rounds.found("orders of other products were not acknowledged while events were parked");
    }
    Duration decided = awaitDecision(rounds, api);
    String product = poisoned.getFirst();
    int answer = api.post("/api/orders", order(customer(api), product)).status();
    if (answer != 422) {
      rounds.found("an order for a product that sales cannot know is answered " + answer);
    }
    return decided;
  }

  private static Duration awaitDecision(Rounds rounds, Api api)
      throws IOException, InterruptedException {
    OperationLog.Operation last = rounds.log().all(OperationLog.Result.OK).getLast();
    while (true) {
      String status = api.eventually("/api/orders/" + last.id()).path("status").asString();
      Duration since = Duration.ofNanos(System.nanoTime() - last.answeredNanos());
      if (status.equals("CONFIRMED") || status.equals("CANCELLED")) {
        return since;
      }
      if (since.compareTo(DECISION_LIMIT) > 0) {
        rounds.found("an order was still %s %s after it was placed".formatted(status, since));
        return since;
      }
      Thread.sleep(20);
    }
  }

  private static void checkRepaired(Rounds rounds, Api api, List<String> poisoned)
      throws IOException {
    String customer = customer(api);
    int known = 0;
    for (int i = 0; i < SAMPLE; i++) {
      String product = poisoned.get(i * (poisoned.size() / SAMPLE));
      known += api.post("/api/orders", order(customer, product)).status() == 201 ? 1 : 0;
    }
    if (known != SAMPLE) {
      rounds.found(
          "of %d products whose events were retried only %d can be ordered"
              .formatted(SAMPLE, known));
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
