package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** More buyers than a small server can handle. */
class OverloadIT {

  private static final int BUYERS = 1_000;

  @TempDir static Path folder;

  @Test
  void under_a_flood_an_order_is_refused_or_confirmed() throws Exception {
    try (ReservaProcess reserva =
        ReservaProcess.start(
            folder.resolve("data"),
            "reserva.sales.placing.max-group=1",
            "reserva.sales.placing.min-waiting=2",
            "reserva.sales.placing.max-waiting=4",
            "reserva.sales.placing.max-wait=1ms")) {
      Shop shop = reserva.shop();
      UUID product = shop.product("Flood", BUYERS);
      UUID customer = shop.customer();
      Callable<Shop.Reply> buyer = () -> shop.place(customer, null, List.of(item(product, 1)));

      List<Shop.Reply> replies =
          ManyBuyersIT.atOnce(200, IntStream.range(0, BUYERS).mapToObj(_ -> buyer).toList());

      assertThat(replies).extracting(Shop.Reply::status).containsOnly(201, 503);
      assertThat(with(503, replies))
          .allSatisfy(refused -> {
            assertThat(refused.text("type")).isEqualTo("/problems/overloaded");
            assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After"))))
                .isBetween(1, 30);
          });
      List<UUID> accepted = with(201, replies).stream().map(Shop.Reply::id).toList();
      assertThat(accepted.stream().map(shop::settled).map(order -> order.path("status").asString()))
          .containsOnly("CONFIRMED");
      JsonNode now = shop.productNow(product);
      assertThat(now.path("stock").asInt()).isEqualTo(BUYERS - accepted.size());
      assertThat(now.path("reserved").asInt()).isZero();
      shop.assertIntegrity();

      // The flood is over, and nobody is refused any more.
      shop.place(customer, null, List.of(item(product, 1))).expect(201);
    }
  }

  private static List<Shop.Reply> with(int status, List<Shop.Reply> replies) {
    return replies.stream().filter(reply -> reply.status() == status).toList();
  }
}
