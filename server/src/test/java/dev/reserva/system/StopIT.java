package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * An orderly stop under load, and the lock against a second server. The module torture tests
 * crashes.
 */
class StopIT {

  private static final int STOCK = 100_000;
  private static final int CLIENTS = 8;

  /** Pause of a client without an answer before it repeats a request. */
  private static final int BACK_OFF_MILLIS = 250;

  @TempDir Path folder;

  @Test
  void sigterm_under_load_drains_and_stops_within_ten_seconds() throws Exception {
    try (ReservaProcess reserva = ReservaProcess.start(folder.resolve("data"))) {
      stopUnderLoad(reserva);
    }
  }

  @Test
  void a_second_server_on_the_same_folder_says_so_and_ends() throws Exception {
    try (ReservaProcess reserva = ReservaProcess.start(folder.resolve("data"))) {
      ReservaProcess.Ended second = ReservaProcess.ofFailedStart(reserva.data());
      assertThat(second.status()).isNotZero();
      assertThat(second.said()).contains("in use by process " + reserva.pid());
      assertThat(second.said().lines()).hasSize(1);
      assertThat(Shop.isReady(reserva.url())).isTrue();
    }
  }

  /** The clients' knowledge of one order. */
  private record Sent(String key, Map<String, Object> body) {}

  private void stopUnderLoad(ReservaProcess reserva) throws Exception {
    Shop shop = reserva.shop();
    UUID product = shop.product("Anvil", STOCK);
    UUID customer = shop.customer();
    Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    List<Sent> unknown = Collections.synchronizedList(new ArrayList<>());
    List<Throwable> surprises = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger unanswered = new AtomicInteger();
    CountDownLatch warm = new CountDownLatch(200);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      clients.execute(() -> {
        while (!stop.get()) {
          Sent sent =
              new Sent(
                  UUID.randomUUID().toString(),
                  Shop.order(customer, "tok_approve", List.of(item(product, 1))));
          try {
            Shop.Reply reply =
                shop.post("/api/orders", sent.body(), Map.of("Idempotency-Key", sent.key()));
            switch (reply.status()) {
              case 201 -> {
                acknowledged.add(reply.id());
                warm.countDown();
              }
              case 503, 504 -> {
                unknown.add(sent);
                unanswered.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
              }
              default ->
                  surprises.add(new AssertionError(reply.status() + " " + reply.response().body()));
            }
          } catch (Shop.Unanswered e) {
            unknown.add(sent);
            unanswered.incrementAndGet();
            try {
              TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
            } catch (InterruptedException interrupted) {
              return;
            }
          } catch (Throwable e) {
            surprises.add(e);
          }
        }
      });
    }
    try {
      assertThat(warm.await(60, TimeUnit.SECONDS)).as(reserva.tail()).isTrue();
      for (int round = 0; round < 3; round++) {
        int before = unanswered.get();
        reserva.terminate(Duration.ofSeconds(10));
        reserva.startAgain();
        int acknowledgedAfter = acknowledged.size();
        Shop.eventually(
            "orders are accepted again",
            () -> acknowledged.size() > acknowledgedAfter + 50 ? true : null);
        assertThat(unanswered.get()).as("the stop was felt").isGreaterThan(before);
      }
    } finally {
      stop.set(true);
      clients.shutdown();
      assertThat(clients.awaitTermination(90, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(surprises).isEmpty();

    // A client without an answer repeats the request with the same key. The order exists once,
    // whether
    // the first request had placed it or not.
    for (Sent sent : unknown) {
      acknowledged.add(
          shop.post("/api/orders", sent.body(), Map.of("Idempotency-Key", sent.key()))
              .expect(201)
              .id());
    }
    Map<UUID, String> stored =
        Shop.eventually(
            "every order comes to rest",
            () -> {
              Map<UUID, String> states = new HashMap<>();
              shop.all("/api/orders?customerId=" + customer)
                  .forEach(order ->
                      states.put(
                          UUID.fromString(order.path("id").asString()),
                          order.path("status").asString()));
              return states.values().stream().allMatch(Shop::isSettled) ? states : null;
            });
    assertThat(stored.keySet()).isEqualTo(acknowledged);
    assertThat(stored.values()).containsOnly("CONFIRMED");
    JsonNode now = shop.productNow(product);
    assertThat(now.path("stock").asInt()).isEqualTo(STOCK - acknowledged.size());
    assertThat(now.path("reserved").asInt()).isZero();
    assertThat(shop.all("/api/dlq")).isEmpty();
    shop.assertIntegrity();
  }
}
