package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Events that no handler can process, among those of valid orders. */
class PoisonEventsIT {

  private final Shop shop = SharedServer.get().shop();

  @Test
  void a_poison_event_stops_no_other_key() {
    UUID product = shop.product("Antidote", 100);
    UUID customer = shop.customer();
    List<UUID> good = new ArrayList<>();
    List<UUID> poisoned = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      UUID order = UUID.randomUUID();
      poisoned.add(order);
      shop.post(
              "/api/events?check=false",
              Map.of(
                  "type", "sales.order.created",
                  "subject", order.toString(),
                  "data", Map.of("orderId", "this is no id", "items", "nor are these items")))
          .expect(202);
      good.add(shop.place(customer, null, List.of(item(product, 1))).expect(201).id());
    }
    for (UUID order : good) {
      assertThat(shop.settled(order).path("status").asString()).isEqualTo("CONFIRMED");
    }
    // Inventory, financial and notifications act on the type, so that each event becomes three dead
    // letters. All are found, and each can be discarded.
    List<String> letters =
        Shop.eventually(
            "all poison is found",
            () -> {
              List<String> found =
                  shop.all("/api/dlq").stream()
                      .filter(l ->
                          poisoned.contains(UUID.fromString(l.at("/event/subject").asString())))
                      .map(l -> l.path("id").asString())
                      .toList();
              return found.size() >= 3 * poisoned.size() ? found : null;
            });
    for (String letter : letters) {
      shop.delete("/api/dlq/" + letter, Map.of("reason", "poison of a drill")).expect(202);
      shop.delete("/api/dlq/" + letter, Map.of("reason", "again")).expect(409);
    }
    shop.assertIntegrity();
  }
}
