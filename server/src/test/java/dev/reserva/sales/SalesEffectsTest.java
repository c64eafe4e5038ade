package dev.reserva.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import dev.reserva.TestTransactions;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Overloaded;
import dev.reserva.messaging.Worker;
import dev.reserva.sales.adapters.memory.MemoryCustomers;
import dev.reserva.sales.adapters.memory.MemoryOrderNumbers;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.adapters.memory.MemoryProducts;
import dev.reserva.sales.application.AwaitOrder;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.application.Refusal;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.SampleOrders;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The effects of the properties of sales, on ports in memory. */
class SalesEffectsTest {

  private final TestTransactions transactions = new TestTransactions(SampleOrders.LATER);
  private final Orders orders = new MemoryOrders();
  private final SalesConfiguration sales = new SalesConfiguration();

  /** Names without their common beginning, and values. */
  private static SalesSettings settings(String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put("reserva.sales." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("reserva.sales", SalesSettings.class);
  }

  private Worker deadlines(SalesSettings settings) {
    Backbone caughtUp =
        (Backbone)
            Proxy.newProxyInstance(
                Backbone.class.getClassLoader(),
                new Class<?>[] {Backbone.class},
                (_, method, _) -> method.getName().equals("awaitCaughtUp") ? true : null);
    ObjectProvider<Backbone> backbone =
        new StaticListableBeanFactory(Map.of("backbone", caughtUp)).getBeanProvider(Backbone.class);
    return sales.salesDeadlines(
        settings,
        transactions,
        orders,
        sales.awaitOrder(settings),
        sales.orderDeadlines(settings),
        backbone);
  }

  private UUID orderIn(OrderStatus status) {
    UUID id = UUID.randomUUID();
    Order order = SampleOrders.in(status, id);
    transactions.run(
        tx -> orders.add(List.of(new Orders.New(order, SampleOrders.lines(), null, false)), tx));
    return id;
  }

  private Optional<OrderState> found(UUID order) {
    return transactions.snapshot(tx -> orders.find(order, Scope.EVERYBODY, tx));
  }

  private Instant changedAt(UUID order) {
    return found(order).orElseThrow().updatedAt();
  }

  private OrderStatus statusOf(UUID order) {
    return found(order).orElseThrow().status();
  }

  @Test
  @EffectOf({
    "reserva.sales.deadlines.pending",
    "reserva.sales.deadlines.pending-payment",
    "reserva.sales.deadlines.paid",
    "reserva.sales.deadlines.start-grace"
  })
  void each_state_has_its_own_deadline() {
    Worker worker =
        deadlines(
            settings(
                "deadlines.pending", "1m",
                "deadlines.pending-payment", "2m",
                "deadlines.paid", "3m",
                "deadlines.start-grace", "0s"));
    UUID pending = orderIn(OrderStatus.PENDING);
    UUID unpaid = orderIn(OrderStatus.PENDING_PAYMENT);
    UUID paid = orderIn(OrderStatus.PAID);
    List<UUID> late = new ArrayList<>();
    for (UUID next : List.of(pending, unpaid, paid)) {
      assertThat(List.of(pending, unpaid, paid))
          .filteredOn(order -> statusOf(order) == OrderStatus.FAILED)
          .containsExactlyElementsOf(late);
      late.add(next);
      transactions.setNow(changedAt(next).plusSeconds(60L * late.size()));
      worker.step().run();
      assertThat(statusOf(next)).isEqualTo(OrderStatus.FAILED);
    }
  }

  @Test
  @EffectOf("reserva.sales.deadlines.draft")
  void a_draft_that_nobody_changes_is_deleted_at_its_deadline() {
    SalesSettings settings = settings("deadlines.draft", "1h");
    Worker worker =
        sales.salesDrafts(settings, transactions, orders, sales.orderDeadlines(settings));
    UUID draft = orderIn(OrderStatus.DRAFT);
    Instant changed = changedAt(draft);

    transactions.setNow(changed.plusSeconds(3_599));
    worker.step().run();
    assertThat(found(draft)).isPresent();

    transactions.setNow(changed.plusSeconds(3_600));
    worker.step().run();
    assertThat(found(draft)).isEmpty();
  }

  @Test
  @EffectOf("reserva.sales.deadlines.start-grace")
  void no_order_is_late_shortly_after_a_start() {
    Worker patient = deadlines(settings("deadlines.pending", "1m", "deadlines.start-grace", "1h"));
    UUID order = orderIn(OrderStatus.PENDING);
    transactions.setNow(changedAt(order).plusSeconds(3_600));

    patient.step().run();

    assertThat(statusOf(order)).isEqualTo(OrderStatus.PENDING);
  }

  @Test
  @EffectOf("reserva.sales.max-waiting")
  void as_many_callers_wait_as_there_are_places() {
    AwaitOrder waiting = sales.awaitOrder(settings("max-waiting", "1"));
    UUID order = orderIn(OrderStatus.PENDING);
    AwaitOrder.Wait first = waiting.prepare();
    first.placed(order, Duration.ofMinutes(1));
    AwaitOrder.Wait second = waiting.prepare();
    second.placed(order, Duration.ofMinutes(1));

    assertThat(
            second.outcome(id -> {
              throw new AssertionError("it waits");
            }))
        .as("no place, so it does not wait")
        .isEmpty();
  }

  /** A customer who orders by its own login. */
  private final class Buyer {
    private final Customers customers = new MemoryCustomers();
    private final Products products = new MemoryProducts();
    private final UUID id = UUID.randomUUID();
    private final PlaceOrders placeOrders;

    Buyer(SalesSettings settings, boolean verified) {
      placeOrders =
          new PlaceOrders(
              orders,
              products,
              customers,
              new MemoryOrderNumbers(),
              sales.limitHolds(settings, orders, customers),
              Ids.timeOrdered(),
              settings.taxMode());
      Money price = Money.of("10.00", "BRL");
      transactions.run(tx -> {
        products.save(
            List.of(
                new Product(
                    new UUID(1, 1), "MOUSE", "Mouse", price, TaxRate.parse("0.19"), null, true)),
            tx);
        customers.add(List.of(id), tx);
        if (verified) {
          customers.verify(List.of(id), tx);
        }
      });
    }

    /** What becomes of orders, each of so many units. */
    List<String> orders(int... units) {
      return Arrays.stream(units).mapToObj(this::order).toList();
    }

    private String order(int units) {
      var basket =
          new Basket(List.of(new Basket.Item(new ProductRef.BySku("MOUSE"), new Quantity(units))));
      var request =
          new OrderRequest(id, basket, null, null, false, null, true, Cause.of("request"));
      return switch (transactions.call(tx -> placeOrders.place(List.of(request), tx)).getFirst()) {
        case PlaceOrders.Outcome.Placed _ -> "Placed";
        case PlaceOrders.Outcome.Refused(Refusal.HoldsTooMuch holds) ->
            holds.excess().getClass().getSimpleName();
        case PlaceOrders.Outcome.Refused(Refusal other) -> other.toString();
      };
    }

    /** What becomes of so many orders, each of which is cancelled at once. */
    List<String> ordersInVain(int orders) {
      return Stream.generate(this::orderInVain).limit(orders).toList();
    }

    private String orderInVain() {
      String outcome = order(1);
      transactions.run(tx -> {
        for (OrderState placed : orders.list(Orders.Filter.ANY, null, 10, tx).orders()) {
          if (placed.customerId().equals(id) && placed.status().isUnderWay()) {
            Order order = orders.lock(placed.id(), Scope.EVERYBODY, tx).orElseThrow();
            order.cancel(CancellationReason.CUSTOMER_REQUEST, null, tx.now());
            orders.save(List.of(order), tx);
          }
        }
      });
      return outcome;
    }
  }

  /**
   * Two customers with a limit of their own each.
   *
   * @param verified one whose e-mail address is verified
   */
  private record Limited(Buyer verified, Buyer unverified) {}

  private Limited limited(String limit, int ofVerified, int ofUnverified) {
    SalesSettings settings =
        settings(
            "limits." + limit, Integer.toString(ofVerified),
            "limits.unverified." + limit, Integer.toString(ofUnverified));
    return new Limited(new Buyer(settings, true), new Buyer(settings, false));
  }

  @Test
  @EffectOf("reserva.sales.prices-include-tax")
  void the_tax_is_a_part_of_the_price_or_is_added_to_it() {
    assertThat(totalOfOne(settings())).isEqualTo(Money.of("10.00", "BRL"));
    assertThat(totalOfOne(settings("prices-include-tax", "false")))
        .isEqualTo(Money.of("11.90", "BRL"));
  }

  private Money totalOfOne(SalesSettings settings) {
    Buyer buyer = new Buyer(settings, true);
    assertThat(buyer.orders(1)).containsExactly("Placed");
    return transactions
        .snapshot(tx -> orders.list(Orders.Filter.ANY, null, 10, tx).orders())
        .stream()
        .filter(order -> order.customerId().equals(buyer.id))
        .findFirst()
        .orElseThrow()
        .total();
  }

  @Test
  @EffectOf({"reserva.sales.limits.open-orders", "reserva.sales.limits.unverified.open-orders"})
  void a_customer_has_no_more_unpaid_orders_than_allowed() {
    Limited buyers = limited("open-orders", 2, 1);
    assertThat(buyers.verified().orders(1, 1, 1))
        .containsExactly("Placed", "Placed", "TooManyOrders");
    assertThat(buyers.unverified().orders(1, 1)).containsExactly("Placed", "TooManyOrders");
  }

  @Test
  @EffectOf({
    "reserva.sales.limits.units-per-product",
    "reserva.sales.limits.unverified.units-per-product"
  })
  void a_customer_holds_no_more_units_without_payment_than_allowed() {
    Limited buyers = limited("units-per-product", 10, 5);
    assertThat(buyers.verified().orders(9, 2, 1))
        .containsExactly("Placed", "TooManyUnits", "Placed");
    assertThat(buyers.unverified().orders(6, 5)).containsExactly("TooManyUnits", "Placed");
  }

  @Test
  @EffectOf({
    "reserva.sales.limits.given-up-per-hour",
    "reserva.sales.limits.unverified.given-up-per-hour"
  })
  void a_customer_gives_up_no_more_orders_of_an_hour_than_allowed() {
    Limited buyers = limited("given-up-per-hour", 2, 1);
    assertThat(buyers.verified().ordersInVain(3))
        .containsExactly("Placed", "Placed", "TooManyGivenUp");
    assertThat(buyers.unverified().ordersInVain(2)).containsExactly("Placed", "TooManyGivenUp");
  }

  /** Orders that are placed while the first group does not end. */
  private static final class Door implements AutoCloseable {
    private final CountDownLatch firstGroup = new CountDownLatch(1);
    private final List<Integer> groups = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Integer>> accepted = new ArrayList<>();
    private final GroupCommit<Integer, Integer> commit;

    Door(SalesSettings settings) {
      commit =
          new GroupCommit<>(
              "settings",
              new TestTransactions(SampleOrders.LATER),
              SalesConfiguration.limits(settings.placing()),
              (commands, unit) -> {
                groups.add(commands.size());
                awaitFirstGroup();
                return commands;
              });
      accepted.add(commit.start(0));
      Awaitility.await().until(() -> groups.size() == 1);
    }

    private void awaitFirstGroup() {
      try {
        assertThat(firstGroup.await(1, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void place() {
      accepted.add(commit.start(accepted.size()));
    }

    void release() {
      firstGroup.countDown();
      accepted.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
      firstGroup.countDown();
      commit.close();
    }
  }

  @Test
  @EffectOf("reserva.sales.placing.max-waiting")
  void one_more_order_than_may_wait_is_refused() {
    try (Door door = new Door(settings("placing.max-waiting", "3", "placing.max-wait", "1h"))) {
      door.place();
      door.place();
      door.place();
      assertThatThrownBy(door::place).isInstanceOf(Overloaded.class);
      door.release();
      door.place();
    }
  }

  @Test
  @EffectOf("reserva.sales.placing.max-group")
  void as_many_orders_are_placed_at_a_time_as_a_group_has() {
    try (Door door = new Door(settings("placing.max-group", "2"))) {
      for (int i = 0; i < 4; i++) {
        door.place();
      }
      door.release();
      assertThat(door.groups).containsExactly(1, 2, 2);
    }
  }

  @Test
  @EffectOf({"reserva.sales.placing.min-waiting", "reserva.sales.placing.max-wait"})
  void beyond_the_least_number_an_order_that_would_wait_for_too_long_is_refused() {
    try (Door door = new Door(settings("placing.min-waiting", "4", "placing.max-wait", "1ms"))) {
      door.place();
      door.place();
      door.place();
      Awaitility.await()
          .untilAsserted(
              () -> assertThatThrownBy(door.commit::requireRoom).isInstanceOf(Overloaded.class));
      assertThat(door.accepted).as("the group and those that wait").hasSize(4);
    }
    try (Door patient = new Door(settings("placing.min-waiting", "4", "placing.max-wait", "1h"))) {
      for (int i = 0; i < 20; i++) {
        patient.place();
      }
    }
  }
}
