package dev.reserva.simulation;

import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Worker;
import dev.reserva.sales.adapters.memory.MemoryCustomers;
import dev.reserva.sales.adapters.memory.MemoryLocations;
import dev.reserva.sales.adapters.memory.MemoryOrderNumbers;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.adapters.memory.MemoryProducts;
import dev.reserva.sales.adapters.memory.MemoryReturns;
import dev.reserva.sales.adapters.messaging.SalesMessages;
import dev.reserva.sales.application.AwaitOrder;
import dev.reserva.sales.application.FailLateOrders;
import dev.reserva.sales.application.FollowCustomers;
import dev.reserva.sales.application.FollowLocations;
import dev.reserva.sales.application.FollowOrders;
import dev.reserva.sales.application.FollowProducts;
import dev.reserva.sales.application.FollowReturns;
import dev.reserva.sales.application.LimitHolds;
import dev.reserva.sales.application.MoveOrder;
import dev.reserva.sales.application.MoveReturn;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.application.RequestReturn;
import dev.reserva.sales.application.SubmitDraft;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.HoldLimits;
import dev.reserva.sales.domain.TaxMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Sales in one process, wired as {@code SalesConfiguration} does it. */
final class SalesParts {

  static final Deadlines DEADLINES = Deadlines.of(Duration.ofMinutes(20));

  /** Few enough that some orders of customers' own logins are refused. */
  static final HoldLimits HOLD_LIMITS = new HoldLimits(3, 6, 4);

  private static final Duration START_GRACE = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  final MoveOrder moveOrder;
  final RequestReturn requestReturn;
  final MoveReturn moveReturn;
  final SubmitDraft submitDraft;
  final Subscription subscription;
  final Worker deadlines;
  private final PlaceOrders placeOrders;
  private final MemoryAnswers answers = new MemoryAnswers();

  SalesParts(World world, Transactions transactions) {
    var orders = new MemoryOrders();
    var returns = new MemoryReturns();
    var products = new MemoryProducts();
    var customers = new MemoryCustomers();
    var locations = new MemoryLocations();
    var waiting = new AwaitOrder(1);
    var limitHolds =
        new LimitHolds(orders, customers, new LimitHolds.Limits(HOLD_LIMITS, HOLD_LIMITS));
    this.placeOrders =
        new PlaceOrders(
            orders,
            products,
            customers,
            new MemoryOrderNumbers(),
            limitHolds,
            world.ids,
            TaxMode.ADDED);
    this.moveOrder = new MoveOrder(orders, returns, waiting);
    this.requestReturn = new RequestReturn(orders, returns, locations, world.ids);
    this.moveReturn = new MoveReturn(returns, locations);
    this.submitDraft = new SubmitDraft(orders, products, customers, limitHolds, TaxMode.ADDED);
    this.subscription =
        new SalesMessages(
                new FollowOrders(orders, waiting),
                new FollowProducts(products),
                new FollowCustomers(customers),
                new FollowReturns(returns),
                new FollowLocations(locations))
            .subscription();
    long checksFrom = world.clock.nanoTime() + START_GRACE.toNanos();
    var failLateOrders =
        new FailLateOrders(
            transactions,
            orders,
            waiting,
            DEADLINES,
            () ->
                world.clock.nanoTime() - checksFrom >= 0
                    && world.backbone.transport().outstanding(subscription) == 0);
    this.deadlines = new Worker("sales.deadlines", INTERVAL, failLateOrders::run);
  }

  /**
   * Places orders as a group, each once per key. The effect and the stored answer commit together.
   *
   * @param requests each with a key of its own
   * @return by key: the order, or what was refused
   */
  Map<UUID, Placing> place(List<OrderRequest> requests, UnitOfWork tx) {
    var placed = new LinkedHashMap<UUID, Placing>();
    var fresh =
        requests.stream()
            .filter(request -> {
              UUID key = key(request);
              answers
                  .find(key, tx)
                  .ifPresent(order -> placed.put(key, new Placing.Acknowledged(order, true)));
              return !placed.containsKey(key);
            })
            .toList();
    List<PlaceOrders.Outcome> outcomes = fresh.isEmpty() ? List.of() : placeOrders.place(fresh, tx);
    for (int i = 0; i < fresh.size(); i++) {
      UUID key = key(fresh.get(i));
      switch (outcomes.get(i)) {
        case PlaceOrders.Outcome.Placed(var order) -> {
          answers.remember(key, order.state().id(), tx);
          placed.put(key, new Placing.Acknowledged(order.state().id(), false));
        }
        case PlaceOrders.Outcome.Refused(var refusal) ->
            placed.put(key, new Placing.Refused(refusal.getClass().getSimpleName()));
      }
    }
    return placed;
  }

  private static UUID key(OrderRequest request) {
    return Objects.requireNonNull(request.requestKey(), "each request can be repeated");
  }

  /** The answer to a caller. */
  sealed interface Placing {
    /**
     * @param again whether the answer was given before
     */
    record Acknowledged(UUID order, boolean again) implements Placing {}

    record Refused(String why) implements Placing {}
  }
}
