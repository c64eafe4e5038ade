package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many buyers order the same goods at once. */
class ManyBuyersIT {

  private final Shop shop = SharedServer.get().shop();

  @Test
  void exactly_1000_of_1500_buyers_get_one_of_1000_units() throws Exception {
    UUID mouse = shop.product("Mouse", 1_000);
    UUID customer = shop.customer();
    List<UUID> orders =
        atOnce(
            64,
            IntStream.range(0, 1_500)
                .<Callable<UUID>>mapToObj(
                    i -> () -> shop.place(customer, null, List.of(item(mouse, 1))).expect(201).id())
                .toList());
    assertThat(states(orders.stream().map(shop::settled).toList()))
        .containsOnly(Map.entry("CONFIRMED ", 1_000L), Map.entry("CANCELLED out_of_stock", 500L));
    JsonNode now = shop.productNow(mouse);
    assertThat(now.path("stock").asInt()).isZero();
    assertThat(now.path("reserved").asInt()).isZero();
    shop.assertIntegrity();
  }

  @Test
  void baskets_that_overlap_in_opposite_order_neither_deadlock_nor_oversell() throws Exception {
    List<UUID> products =
        IntStream.range(0, 6).mapToObj(i -> shop.product("Shelf" + i, 60)).toList();
    UUID customer = shop.customer();
    List<Callable<UUID>> buyers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<UUID> basket = i % 2 == 0 ? products : products.reversed();
      buyers.add(() ->
          shop.place(customer, null, basket.stream().map(product -> item(product, 1)).toList())
              .expect(201)
              .id());
    }
    List<JsonNode> settled = atOnce(32, buyers).stream().map(shop::settled).toList();
    long confirmed =
        settled.stream().filter(o -> o.path("status").asString().equals("CONFIRMED")).count();
    assertThat(confirmed).isEqualTo(60);
    for (UUID product : products) {
      assertThat(shop.productNow(product).path("stock").asInt()).isZero();
    }
    assertThat(shop.all("/api/dlq"))
        .noneMatch(l -> l.at("/error/message").asString().contains("deadlock"));
    shop.assertIntegrity();
  }

  @Test
  void fifty_requests_with_one_idempotency_key_make_one_reservation() throws Exception {
    UUID product = shop.product("Key", 100);
    Map<String, Object> body =
        Map.of("orderId", UUID.randomUUID().toString(), "items", List.of(item(product, 1)));
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    List<Shop.Reply> replies =
        atOnce(
            50,
            IntStream.range(0, 50)
                .<Callable<Shop.Reply>>mapToObj(
                    i -> () -> shop.post("/api/inventory/stock/reserve", body, key))
                .toList());
    assertThat(replies).allMatch(reply -> reply.status() == 201 || reply.status() == 409);
    assertThat(
            replies.stream()
                .filter(r -> r.status() == 201 && r.header("Idempotency-Replayed") == null))
        .hasSize(1);
    assertThat(replies.stream().filter(r -> r.status() == 201).map(Shop.Reply::id).distinct())
        .hasSize(1);
    assertThat(shop.productNow(product).path("reserved").asInt()).isEqualTo(1);
  }

  @Test
  void a_last_unit_goes_to_exactly_one_of_a_hundred_buyers_fifty_times_over() throws Exception {
    List<UUID> customers = new ArrayList<>();
    for (int round = 0; round < 50; round++) {
      UUID product = shop.product("Last", 1);
      UUID customer = shop.customer();
      customers.add(customer);
      List<Shop.Reply> replies =
          Race.run(
              Collections.nCopies(
                  100, () -> shop.place(customer, null, List.of(item(product, 1)))));
      assertThat(replies).extracting(Shop.Reply::status).containsOnly(201);
    }
    for (UUID customer : customers) {
      Map<String, Long> ends =
          Shop.eventually(
              "all orders of a round come to rest",
              () -> {
                List<JsonNode> orders = shop.all("/api/orders?customerId=" + customer);
                return orders.stream().allMatch(o -> Shop.isSettled(o.path("status").asString()))
                    ? states(orders)
                    : null;
              });
      assertThat(ends)
          .containsOnly(Map.entry("CONFIRMED ", 1L), Map.entry("CANCELLED out_of_stock", 99L));
    }
    shop.assertIntegrity();
  }

  @Test
  void fifty_orders_at_once_with_one_idempotency_key_are_one_order() throws Exception {
    UUID product = shop.product("Key", 100_000);
    for (int round = 0; round < 20; round++) {
      UUID customer = shop.customer();
      Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
      Object body = Shop.order(customer, null, List.of(item(product, 1)));
      Callable<Shop.Reply> buyer = () -> shop.post("/api/orders", body, key);

      List<Shop.Reply> replies = Race.run(Collections.nCopies(50, buyer));

      assertThat(replies).extracting(Shop.Reply::status).isSubsetOf(201, 409);
      assertThat(replies)
          .filteredOn(r -> r.status() == 409)
          .allMatch(r -> r.text("type").equals("/problems/idempotency-key-in-use"));
      List<Shop.Reply> made = replies.stream().filter(r -> r.status() == 201).toList();
      assertThat(made).filteredOn(r -> r.header("Idempotency-Replayed") == null).hasSize(1);
      Shop.Reply after = buyer.call().expect(201);
      assertThat(after.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(made).extracting(r -> r.response().body()).containsOnly(after.response().body());
      assertThat(shop.all("/api/orders?customerId=" + customer)).hasSize(1);
    }
  }

  @Test
  void one_of_two_orders_with_one_idempotency_key_is_made_and_the_other_refused() throws Exception {
    UUID product = shop.product("Key", 100_000);
    for (int round = 0; round < 20; round++) {
      UUID customer = shop.customer();
      Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
      List<Callable<Shop.Reply>> buyers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Object body = Shop.order(customer, null, List.of(item(product, 1 + i % 2)));
        buyers.add(() -> shop.post("/api/orders", body, key));
      }

      List<Shop.Reply> replies = Race.run(buyers);

      JsonNode only = onlyOrderOf(customer);
      int quantity = only.at("/items/0/quantity").asInt();
      for (int i = 0; i < 50; i++) {
        Shop.Reply reply = replies.get(i);
        if (1 + i % 2 == quantity) {
          assertThat(reply.status()).isIn(201, 409);
        } else {
          assertThat(reply.status()).isIn(422, 409);
        }
        if (reply.status() == 201) {
          assertThat(reply.text("id")).isEqualTo(only.path("id").asString());
        } else {
          assertThat(reply.text("type"))
              .isEqualTo(
                  reply.status() == 409
                      ? "/problems/idempotency-key-in-use"
                      : "/problems/idempotency-key-reused");
        }
      }
      assertThat(replies.stream().filter(r -> r.status() == 201)).isNotEmpty();
      // After both have finished, each gets its final answer.
      assertThat(buyers.get(quantity - 1).call().status()).isEqualTo(201);
      assertThat(buyers.get(2 - quantity).call().status()).isEqualTo(422);
    }
  }

  private JsonNode onlyOrderOf(UUID customer) {
    List<JsonNode> orders = shop.all("/api/orders?customerId=" + customer);
    assertThat(orders).hasSize(1);
    return orders.getFirst();
  }

  /** How many orders there are in each state, with the reason where there is one. */
  private static Map<String, Long> states(List<JsonNode> orders) {
    return orders.stream()
        .collect(
            Collectors.groupingBy(
                o -> o.path("status").asString() + " " + o.path("reason").asString(""),
                Collectors.counting()));
  }

  /** Runs all, so many at a time, and hands on the first failure. */
  static <T> List<T> atOnce(int width, List<Callable<T>> tasks) throws Exception {
    try (var pool = Executors.newFixedThreadPool(width)) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
