package dev.reserva.inventory.adapters.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.InventoryEvent.StockAdjusted;
import dev.reserva.contracts.InventoryEvent.StockConfirmed;
import dev.reserva.contracts.InventoryEvent.StockInsufficient;
import dev.reserva.contracts.InventoryEvent.StockReserved;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.Item;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.contracts.SalesEvent.Part;
import dev.reserva.contracts.SalesEvent.ReturnItem;
import dev.reserva.contracts.SalesEvent.ReturnReceived;
import dev.reserva.inventory.adapters.memory.MemoryInventory;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.FollowOrders;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.platform.events.TestCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderEventsTest {

  private static final Money PRICE = Money.of("1.00", "BRL");

  private static final UUID SET = new UUID(7, 7);

  private final Ids ids = Ids.timeOrdered();
  private final EventCatalogue catalogue = TestCatalogue.create();
  private final MemoryInventory inventory = new MemoryInventory();
  private final TestTransactions transactions = inventory.transactions();
  private final OrderEvents orderEvents =
      new OrderEvents(
          new FollowOrders(
              inventory.reservations(),
              inventory.stocks(),
              inventory.returns(),
              ids,
              AllocationStrategy.PRIORITY,
              new TimeToLive(900),
              Duration.ofDays(180)));
  private final UUID product = product();
  private final UUID order = ids.next();

  @Test
  void it_subscribes_to_the_events_that_stock_follows() {
    assertThat(orderEvents.subscription().name()).isEqualTo("inventory");
    assertThat(orderEvents.subscription().types())
        .containsExactlyInAnyOrder(
            "sales.order.created",
            "sales.order.paid",
            "sales.order.cancelled",
            "sales.return.received");
  }

  @Test
  void a_batch_is_followed_in_order() {
    UUID customer = ids.next();
    handle(
        created(item(1), item(2)),
        new OrderPaid(order, customer, ids.next(), PRICE, "PENDING_PAYMENT", "PAID", null),
        new OrderCancelled(order, customer, "returned", null, "DELIVERED", "CANCELLED"));

    assertThat(transactions.published())
        .extracting(it -> it.getClass().getSimpleName())
        .containsExactly("StockReserved", "StockConfirmed", "StockAdjusted");
  }

  @Test
  void a_product_that_is_named_twice_is_summed() {
    handle(created(item(1), item(2)));

    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            StockReserved.class,
            it ->
                assertThat(it.lines()).containsExactly(new InventoryEvent.Line(product, 3, null)));
  }

  @Test
  void the_parts_of_a_bundle_are_reserved_and_come_back_with_what_is_ordered_by_itself() {
    UUID customer = ids.next();
    List<Part> parts = List.of(new Part(product, 2));
    handle(created(bundle(3, parts), item(1)));

    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            StockReserved.class,
            it ->
                assertThat(it.lines()).containsExactly(new InventoryEvent.Line(product, 7, null)));
    handle(new OrderPaid(order, customer, ids.next(), PRICE, "PENDING_PAYMENT", "PAID", null));
    transactions.published();
    handle(
        new ReturnReceived(
            ids.next(),
            order,
            customer,
            List.of(new ReturnItem(SET, 2, parts), new ReturnItem(product, 1)),
            true,
            "MAIN",
            PRICE));
    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(StockAdjusted.class, it -> assertThat(it.change()).isEqualTo(5));
  }

  @Test
  void a_bundle_that_can_never_be_reserved_is_unprocessable() {
    for (List<Part> parts :
        List.of(
            List.<Part>of(),
            List.of(new Part(product, 0)),
            List.of(new Part(product, 1), new Part(product, 1)))) {
      assertThatThrownBy(() -> handle(created(bundle(1, parts)))).isInstanceOf(Unprocessable.class);
    }
    assertThatThrownBy(
            () -> handle(created(bundle(1_000_000, List.of(new Part(product, 1_000_000))))))
        .isInstanceOf(Unprocessable.class);
    assertThat(transactions.published()).isEmpty();
  }

  private static Item bundle(int quantity, List<Part> parts) {
    return new Item(SET, "SET", "Set", quantity, PRICE, PRICE, parts);
  }

  @Test
  void too_little_stock_is_an_outcome_and_not_a_failure() {
    handle(created(item(11)));

    assertThat(transactions.published()).singleElement().isInstanceOf(StockInsufficient.class);
  }

  @Test
  void an_order_that_can_never_be_reserved_is_unprocessable() {
    assertThatThrownBy(() -> handle(created(item(0))))
        .isInstanceOf(Unprocessable.class)
        .hasMessageContaining("quantity must be 1 or more, was 0");
    assertThatThrownBy(() -> handle(created())).isInstanceOf(Unprocessable.class);
    assertThatThrownBy(() -> handle(created(itemWithoutProduct())))
        .isInstanceOf(Unprocessable.class)
        .hasMessageContaining("productId is required");
    assertThatThrownBy(() -> handle(created(item(Integer.MAX_VALUE), item(Integer.MAX_VALUE))))
        .isInstanceOf(Unprocessable.class);
    assertThatThrownBy(
            () -> handle(new OrderShipped(order, ids.next(), null, "CONFIRMED", "SHIPPED")))
        .isInstanceOf(Unprocessable.class);
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_confirmation_names_the_reservation_it_confirms() {
    handle(created(item(1)));
    var reserved = (StockReserved) transactions.published().getFirst();

    handle(new OrderPaid(order, ids.next(), ids.next(), PRICE, "PENDING_PAYMENT", "PAID", null));

    assertThat(transactions.published())
        .containsExactly(
            new StockConfirmed(order, reserved.reservationId(), reserved.lines(), false));
  }

  private void handle(Object... payloads) {
    var cause = Cause.of("test");
    List<Message> batch =
        Stream.of(payloads)
            .map(payload ->
                new Message(
                    1,
                    catalogue.envelop(ids.next(), payload, cause, Instant.now()),
                    catalogue,
                    payload))
            .toList();
    transactions.run(tx -> orderEvents.handle(batch, tx));
  }

  private OrderCreated created(Item... items) {
    return new OrderCreated(order, null, ids.next(), List.of(items), PRICE, null, null, "PENDING");
  }

  private Item item(int quantity) {
    return new Item(product, "THING", "Thing", quantity, PRICE, PRICE);
  }

  @SuppressWarnings("NullAway") // what JSON can say and the type cannot
  private static Item itemWithoutProduct() {
    return new Item(null, "THING", "Thing", 1, PRICE, PRICE);
  }

  private UUID product() {
    var adjustStock = new AdjustStock(inventory.reservations(), inventory.stocks(), ids);
    var draft =
        new CreateProduct.Draft(
            new Sku("THING"),
            new ProductName("Thing"),
            Description.NONE,
            Category.NONE,
            PRICE,
            new PhysicalStock(10),
            LocationCode.MAIN,
            MinStock.NONE);
    CreateProduct.Outcome outcome =
        transactions.call(tx ->
            new CreateProduct(
                    inventory.products(),
                    inventory.locations(),
                    inventory.bundles(),
                    adjustStock,
                    ids)
                .create(List.of(new CreateProduct.Command(draft, "ana", Cause.of("test"))), tx)
                .getFirst());
    transactions.published();
    return ((CreateProduct.Created) outcome).product().product().id();
  }
}
