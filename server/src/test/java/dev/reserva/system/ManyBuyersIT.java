package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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

/** Many buyers want the same goods at once. */
class ManyBuyersIT {

  private final Shop shop = SharedServer.get().shop();

  @Test
  void of_1500_buyers_exactly_1000_get_one_of_1000_units() throws Exception {
    UUID mouse = shop.product("Mouse", 1_000);
    UUID customer = shop.customer();
    List<UUID> orders =
        atOnce(
            64,
            IntStream.range(0, 1_500)
                .<Callable<UUID>>mapToObj(
                    i -> () -> shop.place(customer, null, List.of(item(mouse, 1))).expect(201).id())
                .toList());
    Map<String, Long> states =
        orders.stream()
            .map(shop::settled)
            .collect(
                Collectors.groupingBy(
                    o -> o.path("status").asString() + " " + o.path("reason").asString(""),
                    Collectors.counting()));
    assertThat(states)
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
