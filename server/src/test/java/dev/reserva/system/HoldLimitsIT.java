package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a customer's own login may hold without paying, asked over HTTP. */
class HoldLimitsIT {

  private final Shop admin = SharedServer.get().shop();

  @Test
  void half_a_million_units_are_not_held_with_a_payment_that_never_comes() {
    UUID product = admin.product("Hoarded", 500_000);
    Shop customer = customer();

    Shop.Reply refused = customer.post("/api/orders", order(product, 500_000)).expect(422);
    assertThat(refused.text("type")).isEqualTo("/problems/too-many-units");
    assertThat(refused.body().path("limit").asInt()).isEqualTo(20);
    assertThat(admin.productNow(product).path("available").asInt()).isEqualTo(500_000);
  }

  @Test
  void of_orders_placed_at_once_no_more_are_accepted_than_may_be_unpaid() throws Exception {
    UUID product = admin.product("Contested", 1_000);
    Shop customer = customer();
    Callable<Shop.Reply> order = () -> customer.post("/api/orders", order(product, 5));

    List<Shop.Reply> replies = Race.run(Collections.nCopies(12, order));

    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(3);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 201)
        .allSatisfy(reply -> {
          assertThat(reply.status()).isEqualTo(422);
          assertThat(reply.text("type")).isEqualTo("/problems/too-many-open-orders");
        });
    admin.awaitNoLag();
    assertThat(admin.productNow(product).path("reserved").asInt()).isEqualTo(15);
  }

  @Test
  void a_hold_is_not_renewed_for_ever_by_cancelling_and_ordering_again() {
    UUID product = admin.product("Renewed", 100);
    Shop customer = customer();
    List<UUID> givenUp = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      UUID order = customer.post("/api/orders", order(product, 20)).expect(201).id();
      customer.delete("/api/orders/" + order, null).expect(202);
      givenUp.add(order);
    }

    Shop.Reply refused = customer.post("/api/orders", order(product, 1)).expect(429);
    assertThat(refused.text("type")).isEqualTo("/problems/too-many-given-up-orders");
    assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After")))).isBetween(1, 3_600);
    givenUp.forEach(order -> admin.awaitStatus(order, "CANCELLED"));
  }

  @Test
  void the_shop_itself_orders_for_its_customers_as_much_as_it_likes() {
    UUID product = admin.product("Ordered by staff", 500_000);
    UUID customer = admin.customer();
    for (int i = 0; i < 12; i++) {
      admin.place(customer, "tok_pending", List.of(Shop.item(product, 40_000))).expect(201);
    }
  }

  /** A customer whose e-mail address is not verified. */
  private Shop customer() {
    String email = UUID.randomUUID() + "@example.org";
    admin
        .post(
            "/api/customers",
            Map.of("name", "Hoarder", "email", email, "password", "correct horse battery"))
        .expect(201);
    return Shop.login(admin.url(), email, "correct horse battery");
  }

  /** An order whose payment waits for the buyer. */
  private static Map<String, Object> order(UUID product, int quantity) {
    return Map.of(
        "items",
        List.of(Shop.item(product, quantity)),
        "payment",
        Map.of("method", "pix", "token", "tok_pending"));
  }
}
