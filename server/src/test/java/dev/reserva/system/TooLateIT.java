package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Orders whose answers arrive too late, or never. */
class TooLateIT {

  @TempDir Path folder;

  @Test
  @EffectOf("reserva.inventory.reservation-ttl")
  void a_reservation_that_expires_gives_the_stock_back_and_late_money_is_returned() {
    try (ReservaProcess reserva =
        ReservaProcess.start(folder.resolve("data"), "reserva.inventory.reservation-ttl=2s")) {
      Shop shop = reserva.shop();
      UUID product = shop.product("Ticket", 5, "20.00");
      UUID customer = shop.customer();
      UUID unpaid = shop.place(customer, "tok_pending", List.of(item(product, 2))).expect(201).id();
      UUID late = shop.place(customer, "tok_slow_4000", List.of(item(product, 3))).expect(201).id();
      for (UUID order : List.of(unpaid, late)) {
        JsonNode cancelled = shop.awaitStatus(order, "CANCELLED");
        assertThat(cancelled.path("reason").asString()).isEqualTo("reservation_expired");
      }
      Shop.eventually(
          "all stock is back",
          () -> {
            JsonNode now = shop.productNow(product);
            return now.path("stock").asInt() == 5 && now.path("reserved").asInt() == 0 ? now : null;
          });
      assertThat(paymentOf(shop, unpaid, "CANCELLED").at("/refunded/amount").asString())
          .isEqualTo("0.00");
      assertThat(paymentOf(shop, late, "REFUNDED").at("/refunded/amount").asString())
          .isEqualTo("60.00");
      shop.assertIntegrity();
    }
  }

  @Test
  @EffectOf({
    "reserva.sales.deadlines.pending-payment",
    "reserva.sales.deadlines.interval",
    "reserva.sales.deadlines.start-grace"
  })
  void an_order_without_an_answer_fails_at_its_deadline_and_is_compensated() {
    try (ReservaProcess reserva =
        ReservaProcess.start(
            folder.resolve("data"),
            "reserva.sales.deadlines.draft=1s",
            "reserva.sales.deadlines.pending-payment=1s",
            "reserva.sales.deadlines.interval=100ms",
            "reserva.sales.deadlines.start-grace=0s")) {
      Shop shop = reserva.shop();
      UUID product = shop.product("Ticket", 5);
      UUID order =
          shop.place(shop.customer(), "tok_pending", List.of(item(product, 5))).expect(201).id();
      JsonNode failed = shop.awaitStatus(order, "FAILED");
      assertThat(failed.path("reason").asString()).isEqualTo("deadline_exceeded");
      Shop.eventually(
          "all stock is back",
          () -> shop.productNow(product).path("available").asInt() == 5 ? true : null);
      paymentOf(shop, order, "CANCELLED");
      var draft =
          new LinkedHashMap<String, Object>(
              Shop.order(shop.customer(), null, List.of(item(product, 1))));
      draft.put("draft", true);
      UUID drafted = shop.post("/api/orders", draft).expect(201).id();
      Shop.eventually(
          "the draft that nobody changes is deleted",
          () -> shop.get("/api/orders/" + drafted).status() == 404 ? true : null);
      shop.assertIntegrity();
    }
  }

  private static JsonNode paymentOf(Shop shop, UUID order, String status) {
    return Shop.eventually(
        "the payment of " + order + " is " + status,
        () -> {
          JsonNode payment =
              shop.get("/api/payments?orderId=" + order).expect(200).body().at("/items/0");
          return payment.path("status").asString().equals(status) ? payment : null;
        });
  }
}
