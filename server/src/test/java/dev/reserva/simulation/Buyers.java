package dev.reserva.simulation;

import dev.reserva.contracts.CustomersEvent.CustomerRegistered;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentState;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.messaging.Cause;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.application.Cancellation;
import dev.reserva.sales.application.MoveOutcome;
import dev.reserva.sales.application.OrderCommand;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.Refusal;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.application.StatusChange;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Buyers who place orders, repeat requests without an answer, pay and cancel. */
final class Buyers {

  private static final int MOST_ORDERS = 12;
  private static final List<UUID> CUSTOMERS = List.of(new UUID(0x7c, 1), new UUID(0x7c, 2));

  /** A buyer's request under one key, and its answer. */
  static final class Placement {
    final OrderRequest request;
    @Nullable UUID acknowledged;
    boolean refused;

    /** Whether the buyer has asked to delete the draft that the order was. */
    boolean mayBeDeleted;

    Placement(OrderRequest request) {
      this.request = request;
    }

    UUID key() {
      UUID key = request.requestKey();
      if (key == null) {
        throw new IllegalStateException("each placement has a key");
      }
      return key;
    }
  }

  private final World world;
  private final Warehouse warehouse;
  private final Map<UUID, Placement> placements = new LinkedHashMap<>();

  Buyers(World world, Warehouse warehouse) {
    this.world = world;
    this.warehouse = warehouse;
  }

  List<Placement> placements() {
    return List.copyOf(placements.values());
  }

  void register() {
    world
        .backbone
        .transactions()
        .run(tx ->
            CUSTOMERS.forEach(customer ->
                tx.publish(
                    new CustomerRegistered(customer, "Ana", "ana@example.com", null, null),
                    Cause.of("register"))));
  }

  /** Sends a group of requests: new ones and repeated ones. */
  void order() {
    var group = new LinkedHashMap<UUID, Placement>();
    int count = 1 + world.random.nextInt(3);
    for (int i = 0; i < count; i++) {
      boolean again = !placements.isEmpty() && world.random.nextInt(4) == 0;
      if (again) {
        Placement placement = placements().get(world.random.nextInt(placements.size()));
        group.put(placement.key(), placement);
      } else if (placements.size() < MOST_ORDERS) {
        Placement placement = new Placement(request());
        placements.put(placement.key(), placement);
        group.put(placement.key(), placement);
      }
    }
    send(group);
  }

  /** Repeats the requests without an answer. */
  void insist() {
    var unanswered = new LinkedHashMap<UUID, Placement>();
    for (Placement placement : placements.values()) {
      if (placement.acknowledged == null && !placement.refused) {
        unanswered.put(placement.key(), placement);
      }
    }
    send(unanswered);
  }

  private void send(Map<UUID, Placement> group) {
    if (group.isEmpty()) {
      return;
    }
    var requests = group.values().stream().map(placement -> placement.request).toList();
    Set<UUID> acknowledged = new HashSet<>();
    group.forEach((key, placement) -> {
      if (placement.acknowledged != null) {
        acknowledged.add(key);
      }
    });
    Optional<Map<UUID, SalesParts.Placing>> answers =
        world.command("places " + group.size(), (process, tx) -> process.sales.place(requests, tx));
    if (answers.isEmpty()) {
      // A request that was refused before may have been placed this time.
      group.values().forEach(placement -> placement.refused = false);
    } else {
      answers
          .get()
          .forEach((key, answer) ->
              record(Objects.requireNonNull(group.get(key)), answer, acknowledged.contains(key)));
    }
  }

  /**
   * @param acknowledged whether the request had been acknowledged when it was sent; while it stands
   *     still, another process may acknowledge it, and its own refusal tells nothing then
   */
  private void record(Placement placement, SalesParts.Placing answer, boolean acknowledged) {
    switch (answer) {
      case SalesParts.Placing.Acknowledged(UUID order, boolean again) -> {
        world.tally.count(again ? Happening.REQUEST_REPEATED : Happening.ORDER_ACKNOWLEDGED);
        if (placement.acknowledged != null && !placement.acknowledged.equals(order)) {
          world.broken(
              Invariant.ONE_ORDER_PER_KEY,
              "one request was answered with %s and %s"
                  .formatted(Chronicle.name(placement.acknowledged), Chronicle.name(order)));
        }
        placement.acknowledged = order;
        placement.refused = false;
        world.note("order " + Chronicle.name(order) + (again ? " again" : ""));
      }
      case SalesParts.Placing.Refused(String why) -> {
        world.tally.count(
            why.equals(Refusal.HoldsTooMuch.class.getSimpleName())
                ? Happening.HOLD_REFUSED
                : Happening.ORDER_REFUSED);
        if (acknowledged) {
          world.broken(
              Invariant.ACKNOWLEDGED_ORDERS_LIVE,
              "an acknowledged request was refused afterwards: " + why);
        }
        placement.refused = placement.acknowledged == null;
      }
    }
  }

  private OrderRequest request() {
    var lines = new ArrayList<Basket.Item>();
    int count = 1 + world.random.nextInt(3);
    for (int i = 0; i < count; i++) {
      UUID product = world.oneOf(warehouse.offered()).orElseThrow();
      lines.add(
          new Basket.Item(new ProductRef.ById(product), new Quantity(1 + world.random.nextInt(3))));
    }
    UUID key = world.ids.next();
    return new OrderRequest(
        CUSTOMERS.get(world.random.nextInt(CUSTOMERS.size())),
        new Basket(lines),
        world.random.nextBoolean() ? new PaymentChoice(PaymentMethod.PIX, "tok") : null,
        null,
        world.random.nextInt(8) == 0,
        key,
        world.random.nextInt(4) == 0,
        Cause.of("request " + Chronicle.name(key)));
  }

  /** A buyer or an operator requests a step of an order. */
  void move() {
    List<Placement> known = placements.values().stream().filter(this::isThere).toList();
    if (known.isEmpty()) {
      return;
    }
    Placement placement = known.get(world.random.nextInt(known.size()));
    UUID order = Objects.requireNonNull(placement.acknowledged);
    Scope own = Scope.of(placement.request.customerId());
    Cause cause = placement.request.cause();
    String name = Chronicle.name(order);
    switch (world.random.nextInt(11)) {
      case 0, 1, 2 -> {
        placement.mayBeDeleted |= status(order) == OrderStatus.DRAFT;
        world.command(
            "cancels " + name,
            (process, tx) ->
                process.sales.moveOrder.cancel(
                    OrderCommand.any(order, own, cause),
                    new Cancellation(CancellationReason.CUSTOMER_REQUEST, null),
                    tx));
      }
      case 3 -> move(order, new StatusChange.Cancelled(Cancellation.UNEXPLAINED), cause);
      case 4, 5 ->
          world.command(
              "submits " + name,
              (process, tx) ->
                  process.sales.submitDraft.submit(OrderCommand.any(order, own, cause), null, tx));
      case 6, 7 -> override(order, cause);
      default -> pay(order, placement);
    }
  }

  /** A buyer chooses a payment method, or another one than before. */
  private void pay(UUID order, Placement placement) {
    var methods = dev.reserva.financial.domain.PaymentMethod.values();
    var choice =
        new dev.reserva.financial.domain.PaymentChoice(
            methods[world.random.nextInt(methods.length)], "tok");
    Optional<ProcessPayment.Outcome> answer =
        world.command(
            "pays %s by %s".formatted(Chronicle.name(order), choice.method()),
            (process, tx) ->
                process.financial.processPayment.process(
                    new ProcessPayment.Request(order, choice, placement.request.customerId()),
                    placement.request.cause(),
                    tx));
    if (answer.isPresent()
        && answer.get() instanceof ProcessPayment.Outcome.UnderWay(var payment)
        && payment.terms().replaces() != null) {
      if (payment.state().isHeld()) {
        world.tally.count(Happening.PAYMENT_REPLACED);
      } else if (before(payment).status() == PaymentStatus.FAILED) {
        world.tally.count(Happening.PAYMENT_TRIED_AGAIN);
      }
    }
  }

  private PaymentState before(Payment payment) {
    UUID replaced = Objects.requireNonNull(payment.terms().replaces());
    return MemoryPayments.table(world.database).get(replaced).orElseThrow().state();
  }

  private boolean isThere(Placement placement) {
    return placement.acknowledged != null
        && MemoryOrders.table(world.database).get(placement.acknowledged).isPresent();
  }

  private OrderStatus status(UUID order) {
    return MemoryOrders.table(world.database).get(order).orElseThrow().state().status();
  }

  /** An operator sets the order by hand to its next state, or to one that it does not admit. */
  private void override(UUID order, Cause cause) {
    StatusChange shipped = new StatusChange.Shipped("by hand");
    StatusChange delivered = new StatusChange.Delivered("by hand");
    StatusChange completed = new StatusChange.Completed("by hand");
    StatusChange next =
        switch (status(order)) {
          case CONFIRMED -> shipped;
          case SHIPPED -> delivered;
          case DELIVERED -> completed;
          case DRAFT, PENDING, PENDING_PAYMENT, PAID, COMPLETED, CANCELLED, FAILED ->
              world.oneOf(List.of(shipped, delivered, completed)).orElseThrow();
        };
    move(order, next, cause)
        .filter(MoveOutcome.Done.class::isInstance)
        .ifPresent(_ -> world.tally.count(Happening.SET_BY_HAND));
  }

  private Optional<MoveOutcome> move(UUID order, StatusChange change, Cause cause) {
    return world.command(
        "sets %s to %s".formatted(Chronicle.name(order), change),
        (process, tx) ->
            process.sales.moveOrder.move(
                OrderCommand.any(order, Scope.EVERYBODY, cause), change, tx));
  }
}
