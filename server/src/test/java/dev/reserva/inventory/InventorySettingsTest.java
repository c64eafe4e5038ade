package dev.reserva.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.TestTransactions;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.Money;
import dev.reserva.inventory.adapters.memory.MemoryInventory;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Worker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What inventory's properties change, on ports in memory. */
class InventorySettingsTest {

  private static final Cause CAUSE = Cause.of("settings");

  private final MemoryInventory inventory = new MemoryInventory();
  private final TestTransactions transactions = inventory.transactions();
  private final Ids ids = Ids.timeOrdered();

  @Test
  @EffectOf("reserva.inventory.expiry-batch")
  void as_many_reservations_expire_at_a_time_as_a_batch_has() {
    Worker expiry =
        new InventoryConfiguration()
            .inventoryExpiry(
                transactions,
                inventory.reservations(),
                inventory.stocks(),
                ids,
                new InventoryProperties(Duration.ofMinutes(15), Duration.ofMillis(70), 3));
    UUID product = product();
    for (int i = 0; i < 7; i++) {
      reserveInThePast(product);
    }
    transactions.published();

    assertThat(expiry.interval()).isEqualTo(Duration.ofMillis(70));
    for (int expected : new int[] {3, 3, 1}) {
      assertThat(expiry.step().run()).as("there may be more").isEqualTo(expected == 3);
      assertThat(transactions.published())
          .hasSize(expected)
          .allMatch(fact -> fact instanceof StockReleased);
    }
  }

  private void reserveInThePast(UUID product) {
    UUID order = ids.next();
    ReserveStock.Command command =
        new ReserveStock.Command(
            order,
            new Basket(List.of(new Line(product, 1))),
            TimeToLive.of(Duration.ofMinutes(1)),
            CAUSE);
    transactions.run(tx ->
        new ReserveStock(inventory.reservations(), inventory.stocks(), ids)
            .reserve(List.of(command), tx));
    inventory.expireAt(order, transactions.now().minusSeconds(1));
  }

  private UUID product() {
    CreateProduct.Draft draft =
        new CreateProduct.Draft(
            new Sku("CUP"),
            new ProductName("Cup"),
            Description.NONE,
            new Category(""),
            Money.of("1.00", "BRL"),
            new PhysicalStock(100),
            new MinStock(0));
    CreateProduct create =
        new CreateProduct(
            inventory.products(),
            new AdjustStock(inventory.reservations(), inventory.stocks(), ids),
            ids);
    List<CreateProduct.Outcome> outcomes =
        transactions.call(
            tx -> create.create(List.of(new CreateProduct.Command(draft, "ana", CAUSE)), tx));
    return ((CreateProduct.Created) outcomes.getFirst()).product().product().id();
  }
}
