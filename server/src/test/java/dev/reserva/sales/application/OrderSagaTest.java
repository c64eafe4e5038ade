package dev.reserva.sales.application;

import static dev.reserva.sales.domain.SampleOrders.EXPIRY;
import static dev.reserva.sales.domain.SampleOrders.LATER;
import static dev.reserva.sales.domain.SampleOrders.PAYMENT;
import static dev.reserva.sales.domain.SampleOrders.RESERVATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.AwaitedItem;
import dev.reserva.contracts.SalesEvent.HeldItem;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderCompleted;
import dev.reserva.contracts.SalesEvent.OrderConfirmed;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderDelivered;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.contracts.SalesEvent.OrderPaymentPending;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.adapters.memory.MemoryCustomers;
import dev.reserva.sales.adapters.memory.MemoryOrderNumbers;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.adapters.memory.MemoryProducts;
import dev.reserva.sales.adapters.memory.MemoryReturns;
import dev.reserva.sales.application.FollowOrders.OrderFact;
import dev.reserva.sales.application.PlaceOrders.Outcome;
import dev.reserva.sales.domain.AwaitedUnits;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.SampleOrders;
import dev.reserva.sales.domain.Shipment;
import dev.reserva.sales.domain.TaxMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The use cases together, in memory. */
class OrderSagaTest {

  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final UUID GONE = new UUID(0x7000, 2);
  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.00", "BRL"), true);
  private static final Cause CAUSE = Cause.of("request");

  private final TestTransactions transactions = new TestTransactions(LATER);
  private final Orders orders = new MemoryOrders();
  private final Products products = new MemoryProducts();
  private final Customers customers = new MemoryCustomers();
  private final OrderNumbers numbers = new MemoryOrderNumbers();
  private final AwaitOrder waiting = new AwaitOrder(10);
  private final PlaceOrders placeOrders =
      new PlaceOrders(
          orders,
          products,
          customers,
          numbers,
          new LimitHolds(
              orders, customers, new LimitHolds.Limits(SampleOrders.AMPLE, SampleOrders.AMPLE)),
          Ids.timeOrdered(),
          TaxMode.INCLUDED);
  private final FollowOrders followOrders = new FollowOrders(orders, waiting);
  private final MoveOrder moveOrder = new MoveOrder(orders, new MemoryReturns(), waiting);

  @BeforeEach
  void open_the_shop() {
    transactions.run(tx -> {
      products.save(List.of(MOUSE), tx);
      customers.add(List.of(ANNA), tx);
      customers.deactivate(List.of(GONE), tx);
    });
  }

  @Test
  void an_order_goes_from_placement_to_completion_and_publishes_each_step() {
    UUID id = place(request(ANNA, "MOUSE", 3, false)).state().id();
    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            OrderCreated.class,
            created -> {
              assertThat(created.from()).isNull();
              assertThat(created.to()).isEqualTo("PENDING");
              assertThat(created.total()).isEqualTo(Money.of("30.00", "BRL"));
              assertThat(created.items()).hasSize(1);
            });

    apply(id, new Fact.StockReserved(RESERVATION, EXPIRY, List.of()));
    assertThat(transactions.published())
        .containsExactly(
            new OrderPaymentPending(
                id,
                ANNA,
                Money.of("30.00", "BRL"),
                "pix",
                "tok_1",
                EXPIRY,
                "PENDING",
                "PENDING_PAYMENT"));

    apply(id, new Fact.PaymentApproved(PAYMENT, Money.of("30.00", "BRL")));
    assertThat(transactions.published())
        .containsExactly(
            new OrderPaid(
                id, ANNA, PAYMENT, Money.of("30.00", "BRL"), "PENDING_PAYMENT", "PAID", null));

    apply(id, new Fact.StockConfirmed(RESERVATION, List.of()));
    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            OrderConfirmed.class,
            confirmed -> {
              assertThat(confirmed.items()).hasSize(1);
              assertThat(confirmed.shippingAddress()).isEqualTo("Rua 1");
            });

    move(id, new StatusChange.Shipped("by hand"));
    move(id, new StatusChange.Delivered("seen at the door"));
    cancel(id, CancellationReason.RETURNED, "too big");
    assertThat(transactions.published())
        .containsExactly(
            new OrderShipped(id, ANNA, "by hand", "CONFIRMED", "SHIPPED"),
            new OrderDelivered(id, ANNA, "seen at the door", "SHIPPED", "DELIVERED"),
            new OrderCancelled(id, ANNA, "returned", "too big", "DELIVERED", "CANCELLED"));
    assertThat(state(id)).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void a_confirmed_order_tells_each_part_of_a_line_with_its_location() {
    UUID id = place(request(ANNA, "MOUSE", 3, false)).state().id();
    apply(
        id,
        new Fact.StockReserved(
            RESERVATION,
            EXPIRY,
            List.of(new HeldUnits(MOUSE.id(), "NORTH", 2), new HeldUnits(MOUSE.id(), "MAIN", 1))));
    apply(id, new Fact.PaymentApproved(PAYMENT, Money.of("30.00", "BRL")));
    transactions.published();

    apply(id, new Fact.StockConfirmed(RESERVATION, List.of()));

    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            OrderConfirmed.class,
            confirmed ->
                assertThat(confirmed.items())
                    .extracting(HeldItem::location, HeldItem::quantity, HeldItem::total)
                    .containsExactly(
                        tuple("NORTH", 2, Money.of("20.00", "BRL")),
                        tuple("MAIN", 1, Money.of("10.00", "BRL"))));
  }

  @Test
  void a_reservation_of_other_units_than_the_order_has_is_no_outcome() {
    UUID id = place(request(ANNA, "MOUSE", 3, false)).state().id();
    List<HeldUnits> held = List.of(new HeldUnits(MOUSE.id(), "NORTH", 2));
    apply(id, new Fact.StockReserved(RESERVATION, EXPIRY, held));
    apply(id, new Fact.PaymentApproved(PAYMENT, Money.of("30.00", "BRL")));

    assertThatThrownBy(() -> apply(id, new Fact.StockConfirmed(RESERVATION, held)))
        .isInstanceOf(Unprocessable.class)
        .hasMessageContaining("the order has 3");
  }

  @Test
  void a_whole_history_in_one_batch_publishes_each_step_with_its_own_cause() {
    UUID one = place(request(ANNA, "MOUSE", 3, false)).state().id();
    UUID two = place(request(ANNA, "MOUSE", 1, false)).state().id();
    transactions.published();
    apply(
        new OrderFact(one, new Fact.StockReserved(RESERVATION, EXPIRY, List.of()), Cause.of("a")),
        new OrderFact(two, new Fact.StockInsufficient(false), Cause.of("b")),
        new OrderFact(one, new Fact.StockConfirmed(RESERVATION, List.of()), Cause.of("c")),
        new OrderFact(
            one, new Fact.PaymentApproved(PAYMENT, Money.of("30.00", "BRL")), Cause.of("d")));
    assertThat(transactions.events())
        .extracting(Event::type, Event::correlationId)
        .containsExactly(
            tuple("sales.order.payment_pending", "a"),
            tuple("sales.order.cancelled", "b"),
            tuple("sales.order.paid", "d"),
            tuple("sales.order.confirmed", "d"));
    assertThat(state(one)).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(state(two)).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void facts_about_unknown_orders_are_skipped() {
    apply(UUID.randomUUID(), new Fact.StockReserved(RESERVATION, EXPIRY, List.of()));
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_payment_of_the_wrong_amount_is_unprocessable() {
    UUID id = place(request(ANNA, "MOUSE", 3, false)).state().id();
    apply(id, new Fact.StockReserved(RESERVATION, EXPIRY, List.of()));
    assertThatThrownBy(() -> apply(id, new Fact.PaymentApproved(PAYMENT, Money.of("29.00", "BRL"))))
        .isInstanceOf(Unprocessable.class)
        .hasMessageContaining("29.00 BRL");
  }

  @Test
  void another_customers_order_is_not_found() {
    UUID id = place(request(ANNA, "MOUSE", 3, false)).state().id();
    assertThat(cancel(OrderCommand.any(id, Scope.of(GONE), CAUSE), Cancellation.UNEXPLAINED))
        .isEqualTo(new MoveOutcome.Refused(new Refusal.NoSuchOrder(id)));
    var find = new FindOrders(orders);
    transactions.run(tx -> {
      assertThat(find.one(id, Scope.of(GONE), tx)).isEmpty();
      assertThat(find.one(id, Scope.of(ANNA), tx)).isPresent();
    });
  }

  @Test
  void an_order_that_has_changed_since_it_was_seen_is_not_moved() {
    UUID id = place(request(ANNA, "MOUSE", 3, false)).state().id();
    OrderState seen = find(id);
    apply(id, new Fact.StockReserved(RESERVATION, EXPIRY, List.of()));
    OrderState current = find(id);
    assertThat(
            cancel(
                new OrderCommand(id, Scope.EVERYBODY, seen::equals, CAUSE),
                Cancellation.UNEXPLAINED))
        .isEqualTo(new MoveOutcome.Refused(new Refusal.Stale(current)));
    assertThat(state(id)).isEqualTo(OrderStatus.PENDING_PAYMENT);
  }

  @Test
  void an_order_that_leaves_in_two_parts_is_complete_once_both_have_arrived() {
    UUID id = confirmed();
    transactions.published();
    UUID first = new UUID(9, 1);
    UUID second = new UUID(9, 2);

    apply(id, new Fact.ShipmentMoved(first, Shipment.Status.PREPARING, 3, 1, 1));
    apply(id, new Fact.ShipmentMoved(first, Shipment.Status.DISPATCHED, 1, 2, 2));
    apply(id, new Fact.ShipmentMoved(second, Shipment.Status.PREPARING, 1, 2, 3));
    apply(id, new Fact.ShipmentMoved(first, Shipment.Status.DELIVERED, 1, 1, 4));
    assertThat(transactions.published()).isEmpty();
    assertThat(state(id)).isEqualTo(OrderStatus.CONFIRMED);

    apply(id, new Fact.ShipmentMoved(second, Shipment.Status.DISPATCHED, 0, 1, 5));
    assertThat(transactions.published())
        .containsExactly(new OrderShipped(id, ANNA, null, "CONFIRMED", "SHIPPED"));
    apply(id, new Fact.ShipmentMoved(second, Shipment.Status.DELIVERED, 0, 0, 6));
    assertThat(transactions.published())
        .containsExactly(
            new OrderDelivered(id, ANNA, null, "SHIPPED", "DELIVERED"),
            new OrderCompleted(id, ANNA, null, "DELIVERED", "COMPLETED"));

    apply(id, new Fact.ShipmentMoved(first, Shipment.Status.DISPATCHED, 1, 2, 2));
    assertThat(transactions.published()).isEmpty();
    assertThat(shipment(id)).isEqualTo(new Shipment(second, Shipment.Status.DELIVERED, 0, 6));
  }

  @Test
  void a_shipment_that_arrives_makes_up_for_a_dispatch_that_was_discarded() {
    UUID id = confirmed();

    apply(id, new Fact.ShipmentMoved(new UUID(9, 1), Shipment.Status.DELIVERED, 0, 0, 3));

    assertThat(state(id)).isEqualTo(OrderStatus.COMPLETED);
  }

  @Test
  void a_shipment_of_a_cancelled_order_is_known_and_moves_nothing() {
    UUID id = confirmed();
    cancel(id, CancellationReason.CUSTOMER_REQUEST, null);
    transactions.published();

    apply(id, new Fact.ShipmentMoved(new UUID(9, 1), Shipment.Status.DISPATCHED, 0, 1, 2));
    apply(id, new Fact.ShipmentMoved(new UUID(9, 1), Shipment.Status.RETURNED, 0, 0, 3));

    assertThat(transactions.published()).isEmpty();
    assertThat(state(id)).isEqualTo(OrderStatus.CANCELLED);
    assertThat(shipment(id))
        .isEqualTo(new Shipment(new UUID(9, 1), Shipment.Status.RETURNED, 0, 3));
  }

  @Test
  void the_payment_of_an_order_that_waits_for_stock_tells_what_it_waits_for() {
    UUID id = place(request(ANNA, "MOUSE", 3, false)).state().id();
    UUID product = new UUID(7, 2);
    Instant expected = Instant.parse("2031-05-01T08:00:00Z");
    apply(
        id,
        new Fact.StockReserved(
            RESERVATION, EXPIRY, List.of(), List.of(new AwaitedUnits(product, 2, expected))));

    apply(id, new Fact.PaymentApproved(PAYMENT, Money.of("30.00", "BRL")));

    assertThat(transactions.published())
        .last()
        .isInstanceOfSatisfying(
            OrderPaid.class,
            paid ->
                assertThat(paid.awaited()).containsExactly(new AwaitedItem(product, 2, expected)));
  }

  @Test
  void an_order_that_an_operator_has_set_to_delivered_waits_for_the_operator() {
    UUID id = confirmed();
    move(id, new StatusChange.Shipped("by hand"));
    move(id, new StatusChange.Delivered("by hand"));

    apply(id, new Fact.ShipmentMoved(new UUID(9, 1), Shipment.Status.DISPATCHED, 0, 1, 2));
    apply(id, new Fact.ShipmentMoved(new UUID(9, 1), Shipment.Status.DELIVERED, 0, 0, 3));

    assertThat(state(id)).isEqualTo(OrderStatus.DELIVERED);
    assertThat(move(id, new StatusChange.Completed("closed"))).isInstanceOf(MoveOutcome.Done.class);
  }

  @Test
  void the_operators_cancellation_of_shipped_goods_is_a_return() {
    UUID id = confirmed();
    move(id, new StatusChange.Shipped("by hand"));
    assertThat(cancel(id, CancellationReason.OPERATOR_REQUEST, null))
        .isEqualTo(new MoveOutcome.Refused(new Refusal.WrongState(id, OrderStatus.SHIPPED)));
    assertThat(cancel(id, null, null))
        .isInstanceOfSatisfying(
            MoveOutcome.Done.class,
            done ->
                assertThat(done.order().state().reason()).isEqualTo(CancellationReason.RETURNED));
  }

  @Test
  void each_buyer_of_a_group_is_served_or_refused_independently() {
    List<Outcome> outcomes =
        placeAll(
            request(ANNA, "MOUSE", 1, false),
            request(GONE, "MOUSE", 1, false),
            request(new UUID(9, 9), "MOUSE", 1, false),
            request(ANNA, "NONE", 1, false),
            request(ANNA, "MOUSE", 2, false));
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Placed.class);
    assertThat(outcomes.get(1)).isEqualTo(refused(new Refusal.InactiveCustomer(GONE)));
    assertThat(outcomes.get(2)).isEqualTo(refused(new Refusal.UnknownCustomer(new UUID(9, 9))));
    assertThat(outcomes.get(3))
        .isEqualTo(refused(new Refusal.UnknownProducts(List.of(new ProductRef.BySku("NONE")))));
    assertThat(outcomes.get(4)).isInstanceOf(Outcome.Placed.class);
    assertThat(transactions.published()).hasSize(2);
    assertThat(transactions.snapshot(tx -> orders.list(Orders.Filter.ANY, null, 9, tx)).orders())
        .hasSize(2);
  }

  @Test
  void late_orders_fail_once_sales_is_caught_up() {
    UUID late = place(request(ANNA, "MOUSE", 1, false)).state().id();
    transactions.setNow(LATER.plusSeconds(1));
    UUID young = place(request(ANNA, "MOUSE", 1, false)).state().id();
    transactions.published();
    transactions.setNow(LATER.plus(Duration.ofMinutes(20)));
    boolean[] upToDate = {false};
    var failLateOrders =
        new FailLateOrders(
            transactions, orders, waiting, Deadlines.of(Duration.ofMinutes(20)), () -> upToDate[0]);
    assertThat(failLateOrders.run()).isFalse();
    assertThat(state(late)).isEqualTo(OrderStatus.PENDING);
    upToDate[0] = true;
    assertThat(failLateOrders.run()).isFalse();
    assertThat(state(late)).isEqualTo(OrderStatus.FAILED);
    assertThat(state(young)).isEqualTo(OrderStatus.PENDING);
    assertThat(transactions.published())
        .containsExactly(
            new OrderCancelled(late, ANNA, "deadline_exceeded", null, "PENDING", "FAILED"));
    assertThat(failLateOrders.run()).isFalse();
    assertThat(transactions.published()).isEmpty();
  }

  private MoveOutcome move(UUID id, StatusChange change) {
    OrderCommand command = OrderCommand.any(id, Scope.EVERYBODY, CAUSE);
    return transactions.call(tx -> moveOrder.move(command, change, tx));
  }

  private MoveOutcome cancel(UUID id, @Nullable CancellationReason why, @Nullable String note) {
    return cancel(OrderCommand.any(id, Scope.EVERYBODY, CAUSE), new Cancellation(why, note));
  }

  private MoveOutcome cancel(OrderCommand command, Cancellation cancellation) {
    return transactions.call(tx -> moveOrder.cancel(command, cancellation, tx));
  }

  private @Nullable Shipment shipment(UUID id) {
    return transactions.call(tx -> orders.find(id, Scope.EVERYBODY, tx).orElseThrow().shipment());
  }

  private UUID confirmed() {
    UUID id = place(request(ANNA, "MOUSE", 3, false)).state().id();
    apply(
        id,
        new Fact.StockReserved(RESERVATION, EXPIRY, List.of()),
        new Fact.PaymentApproved(PAYMENT, Money.of("30.00", "BRL")),
        new Fact.StockConfirmed(RESERVATION, List.of()));
    return id;
  }

  private PlacedOrder place(OrderRequest request) {
    Outcome outcome = placeAll(request).getFirst();
    assertThat(outcome).isInstanceOf(Outcome.Placed.class);
    return ((Outcome.Placed) outcome).order();
  }

  private List<Outcome> placeAll(OrderRequest... requests) {
    return transactions.call(tx -> placeOrders.place(List.of(requests), tx));
  }

  private void apply(UUID id, Fact... facts) {
    apply(
        Arrays.stream(facts).map(fact -> new OrderFact(id, fact, CAUSE)).toArray(OrderFact[]::new));
  }

  private void apply(OrderFact... batch) {
    transactions.run(tx -> followOrders.follow(List.of(batch), tx));
  }

  private OrderState find(UUID id) {
    return transactions.snapshot(tx -> orders.find(id, Scope.EVERYBODY, tx)).orElseThrow();
  }

  private OrderStatus state(UUID id) {
    return find(id).status();
  }

  private static Outcome refused(Refusal refusal) {
    return new Outcome.Refused(refusal);
  }

  private static OrderRequest request(UUID customer, String sku, int quantity, boolean draft) {
    return new OrderRequest(
        customer,
        new Basket(List.of(new Basket.Item(new ProductRef.BySku(sku), new Quantity(quantity)))),
        new PaymentChoice(PaymentMethod.PIX, "tok_1"),
        "Rua 1",
        draft,
        null,
        false,
        CAUSE);
  }
}
