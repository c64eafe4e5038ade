package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * Buyers who place orders at several processes with one database. Each order has an idempotency
 * key. A buyer without an answer repeats the request at the end.
 */
final class Trade implements AutoCloseable {

  private static final int STOCK = 1_000_000;
  private static final int BUYERS_PER_DOOR = 3;
  private static final int PAUSE_MILLIS = 10;

  /** Pause of a refused buyer before the next request. */
  private static final int BACK_OFF_MILLIS = 250;

  private final List<Shop> doors;
  private final UUID product;
  private final UUID customer;
  private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
  private final List<Sent> unknown = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> surprises = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean over = new AtomicBoolean();
  private final ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor();

  /** A client's knowledge of one order. */
  private record Sent(String key, Map<String, Object> body) {}

  Trade(Shop... doors) {
    this.doors = List.of(doors);
    this.product = doors[0].product("Anvil", STOCK);
    this.customer = doors[0].customer();
  }

  /** Starts buyers at every process until the trade ends. */
  void begin() {
    for (Shop door : doors) {
      for (int i = 0; i < BUYERS_PER_DOOR; i++) {
        buyers.execute(() -> {
          while (!over.get() && surprises.isEmpty()) {
            pause(place(door) == 201 ? PAUSE_MILLIS : BACK_OFF_MILLIS);
          }
        });
      }
    }
  }

  /**
   * Places one order.
   *
   * @return the status, or 0 when no answer came
   */
  int place(Shop door) {
    Sent sent =
        new Sent(
            UUID.randomUUID().toString(),
            Shop.order(customer, "tok_approve", List.of(item(product, 1))));
    try {
      Shop.Reply reply =
          door.post("/api/orders", sent.body(), Map.of("Idempotency-Key", sent.key()));
      switch (reply.status()) {
        case 201 -> acknowledged.add(reply.id());
        case 503, 504 -> unknown.add(sent);
        default ->
            surprises.add(new AssertionError(reply.status() + " " + reply.response().body()));
      }
      return reply.status();
    } catch (Shop.Unanswered e) {
      unknown.add(sent);
      return 0;
    } catch (AssertionError notAsDescribed) {
      surprises.add(notAsDescribed);
      return 0;
    }
  }

  /** Waits until so many more orders are acknowledged. */
  void awaitMore(int orders) {
    int target = acknowledged.size() + orders;
    Shop.eventually(
        orders + " more orders are accepted",
        () -> (acknowledged.size() >= target || !surprises.isEmpty()) ? true : null);
    assertThat(surprises).isEmpty();
  }

  /**
   * Waits until every acknowledged order is confirmed, according to one process. The work of a
   * process that stands still is found when its locks have ended, after 18 s (a wait for a lock,
   * then an idle transaction), the last of it by a look at all work within 30 s more.
   */
  void awaitConfirmed(Shop door) {
    Deque<UUID> open = new ArrayDeque<>(acknowledged);
    Shop.eventually(
        "what was accepted is confirmed",
        Shop.EVENTUALLY,
        () -> {
          while (!open.isEmpty() && isConfirmed(door.order(open.element()))) {
            open.remove();
          }
          return open.isEmpty() ? true : null;
        },
        () -> "%d orders, first %s".formatted(open.size(), door.order(open.element())));
  }

  private static boolean isConfirmed(JsonNode order) {
    return order.path("status").asString().equals("CONFIRMED");
  }

  /** Ends the trade, and checks that every order exists once, with its stock and its payment. */
  void endAndCheck() throws InterruptedException {
    over.set(true);
    buyers.shutdown();
    assertThat(buyers.awaitTermination(90, TimeUnit.SECONDS)).isTrue();
    assertThat(surprises).isEmpty();
    Shop door = doors.getFirst();
    for (Sent sent : unknown) {
      acknowledged.add(
          door.post("/api/orders", sent.body(), Map.of("Idempotency-Key", sent.key()))
              .expect(201)
              .id());
    }
    Map<UUID, String> stored =
        Shop.eventually(
            "every order comes to rest",
            () -> {
              Map<UUID, String> states = stored(door);
              return states.values().stream().allMatch(Shop::isSettled) ? states : null;
            });
    assertThat(stored.keySet()).isEqualTo(acknowledged);
    assertThat(stored.values()).containsOnly("CONFIRMED");
    for (Shop each : doors) {
      each.awaitNoLag();
      JsonNode now = each.productNow(product);
      assertThat(now.path("stock").asInt()).isEqualTo(STOCK - acknowledged.size());
      assertThat(now.path("reserved").asInt()).isZero();
      assertThat(each.all("/api/dlq")).isEmpty();
      each.assertIntegrity();
    }
  }

  private Map<UUID, String> stored(Shop door) {
    Map<UUID, String> states = new HashMap<>();
    door.all("/api/orders?customerId=" + customer)
        .forEach(order ->
            states.put(
                UUID.fromString(order.path("id").asString()), order.path("status").asString()));
    return states;
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    over.set(true);
    buyers.close();
  }
}
