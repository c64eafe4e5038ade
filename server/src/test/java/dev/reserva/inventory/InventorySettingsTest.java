package dev.reserva.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.TestTransactions;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.Item;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.inventory.adapters.memory.MemoryInventory;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.domain.AllocationReason;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
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
                    Duration.ofMinutes(15),
                    Duration.ofMillis(70),
                    3,
                    Duration.ofSeconds(1),
                    Duration.ofDays(180),
                    AllocationStrategy.PRIORITY));
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
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(1),
                    500,
                    Duration.ofSeconds(1),
                    Duration.ofDays(180),
                    strategy));
    handle(subscription, created(order, product, 102));
    return reservation(order).allocation();
  }

  @Test
  @EffectOf("reserva.inventory.longest-wait")
  void a_paid_order_waits_as_long_as_configured() {
    Subscription subscription = subscription(Duration.ofDays(9));
    UUID order = ids.next();
    handle(subscription, created(order, waitedFor(), 1));

    handle(
        subscription,
        new OrderPaid(
            order,
            ids.next(),
            ids.next(),
            Money.of("1.00", "BRL"),
            "PENDING_PAYMENT",
            "PAID",
            null));

    assertThat(reservation(order).expiresAt())
        .isBetween(
            transactions.now().plus(Duration.ofDays(9)).minusSeconds(60),
            transactions.now().plus(Duration.ofDays(9)));
  }

  @Test
  @EffectOf("reserva.inventory.allocation-interval")
  void orders_that_wait_are_served_as_often_as_configured() {
    UUID product = waitedFor();
    UUID order = ids.next();
    handle(subscription(Duration.ofDays(9)), created(order, product, 1));
    transactions.run(tx -> {
      var _ =
          new AdjustStock(inventory.reservations(), inventory.stocks(), ids)
              .receive(
                  new AdjustStock.Receipt(product, LocationCode.MAIN, new Quantity(1), null, CAUSE),
                  tx);
    });
    Worker allocation =
        new InventoryConfiguration()
            .inventoryAllocation(
                transactions,
                inventory.reservations(),
                inventory.stocks(),
                ids,
                properties(Duration.ofMillis(70), Duration.ofDays(9)));

    assertThat(allocation.interval()).isEqualTo(Duration.ofMillis(70));
    assertThat(allocation.step().run()).as("there may be more").isFalse();
    assertThat(reservation(order).isWaiting()).isFalse();
  }

  private Subscription subscription(Duration longestWait) {
    return new InventoryConfiguration()
        .inventorySubscription(
            inventory.reservations(),
            inventory.stocks(),
            inventory.returns(),
            ids,
            properties(Duration.ofSeconds(1), longestWait));
  }

  private static InventoryProperties properties(Duration allocationInterval, Duration longestWait) {
    return new InventoryProperties(
        Duration.ofMinutes(15),
        Duration.ofSeconds(1),
        500,
        allocationInterval,
        longestWait,
        AllocationStrategy.PRIORITY);
  }

  /** A product without stock that orders may wait for. */
  private UUID waitedFor() {
    UUID product = product();
    var backorder = new Backorder(Backorder.Policy.BACKORDER, null, null);
    transactions.run(tx -> {
      Product before = inventory.products().lock(product, tx).orElseThrow();
      var change =
          new Product.Change(null, null, null, null, null, null, null, null, backorder, null, null);
      assertThat(inventory.products().replace(before.changed(change, tx.now()), tx)).isTrue();
      var _ =
          new AdjustStock(inventory.reservations(), inventory.stocks(), ids)
              .count(product, LocationCode.MAIN, new PhysicalStock(0), null, CAUSE, tx);
    });
    return product;
  }

  private static OrderCreated created(UUID order, UUID product, int units) {
    Money price = Money.of("1.00", "BRL");
    return new OrderCreated(
        order,
        null,
        UUID.randomUUID(),
        List.of(new Item(product, "CUP", "Cup", units, price, price)),
        price,
        null,
        null,
        "PENDING");
  }

  private void handle(Subscription subscription, Object payload) {
    EventCatalogue catalogue = TestCatalogue.create();
    var message =
        new Message(
            1, catalogue.envelop(ids.next(), payload, CAUSE, Instant.now()), catalogue, payload);
    transactions.run(tx -> subscription.handler().handle(List.of(message), tx));
  }

  private Reservation reservation(UUID order) {
    return transactions
        .snapshot(tx -> inventory.reservations().list(null, order, null, 1, tx))
        .getFirst();
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
