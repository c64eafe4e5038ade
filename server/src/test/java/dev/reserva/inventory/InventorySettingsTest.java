package dev.reserva.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.TestTransactions;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.Item;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.inventory.adapters.memory.MemoryInventory;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.domain.AllocationReason;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.events.TestCatalogue;
import java.time.Duration;
import java.time.Instant;
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
                new InventoryProperties(
                    Duration.ofMinutes(15), Duration.ofMillis(70), 3, AllocationStrategy.PRIORITY));
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

  @Test
  @EffectOf("reserva.inventory.allocation")
  void an_order_is_split_by_the_configured_strategy() {
    assertThat(splitBy(AllocationStrategy.PRIORITY)).isEqualTo(AllocationReason.SPLIT_BY_PRIORITY);
    assertThat(splitBy(AllocationStrategy.FEWEST_SHIPMENTS))
        .isEqualTo(AllocationReason.SPLIT_TO_FEWEST);
  }

  /** Why an order is held that needs the stock of two locations. */
  private AllocationReason splitBy(AllocationStrategy strategy) {
    UUID product = product();
    LocationCode north = new LocationCode("NORTH-" + strategy);
    transactions.run(tx -> {
      var _ = inventory.locations().add(new Location(ids.next(), north, "North", 200, true), tx);
    });
    AdjustStock adjust = new AdjustStock(inventory.reservations(), inventory.stocks(), ids);
    transactions.run(tx -> {
      var _ =
          adjust.receive(new AdjustStock.Receipt(product, north, new Quantity(5), null, CAUSE), tx);
    });
    UUID order = ids.next();

    Subscription subscription =
        new InventoryConfiguration()
            .inventorySubscription(
                inventory.reservations(),
                inventory.stocks(),
                inventory.returns(),
                ids,
                new InventoryProperties(
                    Duration.ofMinutes(15), Duration.ofSeconds(1), 500, strategy));
    Money price = Money.of("1.00", "BRL");
    var created =
        new OrderCreated(
            order,
            null,
            ids.next(),
            List.of(new Item(product, "CUP", "Cup", 102, price, price)),
            price,
            null,
            null,
            "PENDING");
    EventCatalogue catalogue = TestCatalogue.create();
    var message =
        new Message(
            1, catalogue.envelop(ids.next(), created, CAUSE, Instant.now()), catalogue, created);
    transactions.run(tx -> subscription.handler().handle(List.of(message), tx));

    List<Reservation> held =
        transactions.snapshot(tx -> inventory.reservations().list(null, order, null, 1, tx));
    return held.getFirst().allocation();
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
        new ReserveStock(
                inventory.reservations(),
                inventory.stocks(),
                inventory.bundles(),
                ids,
                AllocationStrategy.PRIORITY)
            .reserve(List.of(command), tx));
    inventory.expireAt(order, transactions.now().minusSeconds(1));
  }

  private UUID product() {
    CreateProduct.Draft draft =
        new CreateProduct.Draft(
            new Sku("CUP-" + ids.next()),
            new ProductName("Cup"),
            Description.NONE,
            new Category(""),
            Money.of("1.00", "BRL"),
            new PhysicalStock(100),
            LocationCode.MAIN,
            new MinStock(0));
    CreateProduct create =
        new CreateProduct(
            inventory.products(),
            inventory.locations(),
            inventory.bundles(),
            new AdjustStock(inventory.reservations(), inventory.stocks(), ids),
            ids);
    List<CreateProduct.Outcome> outcomes =
        transactions.call(
            tx -> create.create(List.of(new CreateProduct.Command(draft, "ana", CAUSE)), tx));
    return ((CreateProduct.Created) outcomes.getFirst()).product().product().id();
  }
}
