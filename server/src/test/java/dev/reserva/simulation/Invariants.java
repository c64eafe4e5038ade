package dev.reserva.simulation;

import static dev.reserva.simulation.Chronicle.name;

import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.FinancialEvent.PaymentCancelled;
import dev.reserva.contracts.FinancialEvent.PaymentFailed;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.adapters.memory.MemoryRefunds;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentState;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.inventory.adapters.memory.MemoryReservations;
import dev.reserva.inventory.adapters.memory.MemoryStocks;
import dev.reserva.inventory.application.LedgerEntries.Numbered;
import dev.reserva.inventory.domain.Awaited;
import dev.reserva.inventory.domain.Held;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.ProductStock;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.OrderTransitions;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks the invariants that hold after every step. It checks the rows that changed since the last
 * check.
 */
final class Invariants {

  private final World world;
  private final MemoryTable<UUID, MemoryOrders.Row> orders;
  private final MemoryTable<UUID, ProductStock> stock;
  private final MemoryTable<Long, Numbered> ledger;
  private final MemoryTable<UUID, Reservation> reservations;
  private final MemoryTable<UUID, MemoryPayments.Row> payments;
  private final MemoryTable<UUID, MemoryRefunds.Row> refunds;
  private final ReceivableInvariants receivables;
  private final List<Subscription> subscriptions;
  private final ShippingChecks shipping;
  private final ReturnInvariants returns;

  private final Set<UUID> touchedOrders = new LinkedHashSet<>();
  private final Set<UUID> touchedProducts = new LinkedHashSet<>();
  private final Set<UUID> touchedReservations = new LinkedHashSet<>();
  private final Set<UUID> touchedPayments = new LinkedHashSet<>();

  private final Map<UUID, Long> positions = new HashMap<>();
  private final Map<UUID, OrderStatus> lastStep = new HashMap<>();
  private final Map<UUID, UUID> orderOfKey = new HashMap<>();
  private final Map<UUID, Reservation> lastSeen = new HashMap<>();
  private long readUpTo;

  Invariants(World world) {
    this.world = world;
    orders = MemoryOrders.table(world.database);
    stock = MemoryStocks.table(world.database);
    ledger = MemoryStocks.ledger(world.database);
    reservations = MemoryReservations.table(world.database);
    payments = MemoryPayments.table(world.database);
    refunds = MemoryRefunds.table(world.database);
    receivables = new ReceivableInvariants(world);
    SimulatedProcess any = world.processes.getFirst();
    subscriptions =
        List.of(
            any.sales.subscription,
            any.inventory.subscription,
            any.financial.subscription,
            any.logistics.subscription);
    shipping = new ShippingChecks(world);
    returns = new ReturnInvariants(world);
    orders.watch(touchedOrders::add);
    stock.watch(touchedProducts::add);
    reservations.watch(touchedReservations::add);
    payments.watch(touchedPayments::add);
    refunds.watch(
        id -> refunds.get(id).ifPresent(row -> touchedPayments.add(row.refund().paymentId())));
  }

  void check() {
    readTheLog();
    touchedReservations.forEach(id -> reservations.get(id).ifPresent(this::reservation));
    touchedProducts.forEach(id ->
        stock
            .get(id)
            .ifPresent(product -> {
              product.levels().forEach(this::level);
              awaited(product);
            }));
    touchedPayments.forEach(id -> payments.get(id).ifPresent(this::payment));
    touchedOrders.forEach(id -> orders.get(id).ifPresent(this::order));
    receivables.check();
    shipping.check();
    returns.check();
    touchedReservations.clear();
    touchedProducts.clear();
    touchedPayments.clear();
    touchedOrders.clear();
    subscriptions.forEach(
        subscription -> world.backbone.account(subscription.name()).ifPresent(this::deliveries));
    world
        .witness
        .disorder(id -> positions.getOrDefault(id, 0L))
        .ifPresent(what -> world.broken(Invariant.EFFECTS_ONCE_AND_IN_ORDER, what));
  }

  // 1. Stock

  private void level(StockLevel level) {
    int physical = 0;
    int reserved = 0;
    for (Numbered numbered : ledger.values()) {
      LedgerEntry entry = numbered.entry();
      if (entry.productId().equals(level.productId())
          && entry.location().equals(level.location())) {
        physical += entry.physicalChange();
        reserved += entry.reservedChange();
      }
    }
    int held = 0;
    for (Reservation reservation : reservations.values()) {
      if (reservation.isOpen()) {
        for (Held line : reservation.lines()) {
          held +=
              line.productId().equals(level.productId()) && line.location().equals(level.location())
                  ? line.quantity()
                  : 0;
        }
      }
    }
    if (level.physical() != physical
        || level.reserved() != reserved
        || level.reserved() != held
        || held < 0
        || held > physical) {
      world.broken(
          Invariant.STOCK_ADDS_UP,
          "%s at %s: counters %d and %d, ledger %d and %d, held %d"
              .formatted(
                  name(level.productId()),
                  level.location(),
                  level.physical(),
                  level.reserved(),
                  physical,
                  reserved,
                  held));
    }
  }

  private void awaited(ProductStock product) {
    int waiting = 0;
    for (Reservation reservation : reservations.values()) {
      for (Awaited units : reservation.isOpen() ? reservation.awaited() : List.<Awaited>of()) {
        waiting += units.productId().equals(product.productId()) ? units.quantity() : 0;
      }
    }
    if (product.awaited() != waiting) {
      world.broken(
          Invariant.STOCK_ADDS_UP,
          "%s: counter of awaited units %d, orders wait for %d"
              .formatted(name(product.productId()), product.awaited(), waiting));
    }
  }

  // 2. and 3. Reservations

  private void reservation(Reservation now) {
    touchedProducts.addAll(now.products());
    Optional<MemoryOrders.Row> order = orders.get(now.orderId());
    if (order.isPresent()) {
      touchedOrders.add(now.orderId());
      if (now.isOpen() && order.get().lines().stream().anyMatch(it -> !it.parts().isEmpty())) {
        world.tally.count(Happening.BUNDLE_HELD);
      }
      if (!now.isTombstone() && !asMap(now).equals(asMap(order.get().lines()))) {
        world.broken(
            Invariant.RESERVATION_COVERS_THE_LINES,
            "order %s wants %s, held is %s, awaited %s"
                .formatted(name(now.orderId()), order.get().lines(), now.lines(), now.awaited()));
      }
    }
    Reservation before = lastSeen.put(now.orderId(), now);
    if (before != null && !mayFollow(before, now)) {
      world.broken(
          Invariant.RESERVATION_ENDS_ONCE,
          "the reservation of %s went from %s to %s"
              .formatted(name(now.orderId()), before.status(), now.status()));
    }
    if (now.status() == ReservationStatus.CONFIRMED
        && now.renewals() == 0
        && !Objects.requireNonNull(now.endedAt()).isBefore(now.expiresAt())) {
      world.broken(
          Invariant.RESERVATION_ENDS_ONCE,
          "the reservation of %s ended at %s and was confirmed at %s without a renewal"
              .formatted(name(now.orderId()), now.expiresAt(), now.endedAt()));
    }
    if (before == null || before.status() != now.status()) {
      count(now);
    }
    if (before == null && now.isWaiting()) {
      world.tally.count(Happening.WAITED_FOR_STOCK);
    } else if (before != null && now.lines().size() > before.lines().size()) {
      world.tally.count(Happening.STOCK_ALLOCATED);
    } else if (before != null
        && before.isWaiting()
        && before.settled()
        && now.status() == ReservationStatus.EXPIRED) {
      world.tally.count(Happening.WAITED_IN_VAIN);
    }
  }

  private void count(Reservation now) {
    if (now.isTombstone()) {
      world.tally.count(Happening.DEAD_BEFORE_IT_WAS_KNOWN);
    } else if (now.status() == ReservationStatus.EXPIRED) {
      world.tally.count(Happening.RESERVATION_EXPIRED);
    } else if (now.renewals() > 0) {
      world.tally.count(Happening.RESERVATION_RENEWED);
    }
  }

  private static boolean mayFollow(Reservation before, Reservation now) {
    return before.id().equals(now.id())
        && switch (before.status()) {
          case RESERVED -> true;
          case RELEASED, EXPIRED ->
              now.status() == before.status()
                  || (now.status() == ReservationStatus.CONFIRMED
                      && now.renewals() == before.renewals() + 1);
          case CONFIRMED ->
              now.status() == ReservationStatus.CONFIRMED && now.renewals() == before.renewals();
        };
  }

  private static Map<UUID, Integer> asMap(Reservation reservation) {
    Map<UUID, Integer> lines = new HashMap<>();
    reservation
        .lines()
        .forEach(line -> lines.merge(line.productId(), line.quantity(), Integer::sum));
    reservation
        .awaited()
        .forEach(units -> lines.merge(units.productId(), units.quantity(), Integer::sum));
    return lines;
  }

  private static Map<UUID, Integer> asMap(List<OrderLine> orderLines) {
    return NeededUnits.of(orderLines);
  }

  // 4. Money: what is recorded has happened at the provider before

  private void payment(MemoryPayments.Row row) {
    touchedOrders.add(row.terms().orderId());
    receivables.touch(row.terms().orderId());
    held(row);
    UUID id = row.terms().id();
    Money amount = row.terms().amount();
    Money owed = Money.zero(amount.currency());
    Money done = owed;
    for (MemoryRefunds.Row refund : refunds.values()) {
      if (refund.refund().paymentId().equals(id)) {
        if (refund.isOpen()) {
          owed = owed.plus(refund.refund().amount());
        } else {
          done = done.plus(refund.refund().amount());
        }
      }
    }
    if (!owed.equals(row.state().balance().owed())
        || !done.equals(row.state().balance().refunded())
        || owed.plus(done).compareTo(amount) > 0) {
      world.broken(
          Invariant.BOOKS_EQUAL_THE_PROVIDER,
          "payment %s of %s: refunded %s, owed %s; its refunds: done %s, open %s"
              .formatted(
                  name(id),
                  amount,
                  row.state().balance().refunded(),
                  row.state().balance().owed(),
                  done,
                  owed));
    }
    if (row.state().status().isCaptured()) {
      Acquirer.Account account = world.acquirer.account(id).orElse(null);
      if (account == null
          || !account.captured()
          || !amount.equals(account.amount)
          || account.refunded(amount.currency()).compareTo(row.state().balance().refunded()) < 0) {
        world.broken(
            Invariant.BOOKS_EQUAL_THE_PROVIDER,
            "payment %s is %s by the books, the provider says %s"
                .formatted(
                    name(id),
                    row.state().status(),
                    account == null ? "nothing" : account.standing));
      }
    }
  }

  /** A payment is held only while the one that it replaces is open, or nobody would start it. */
  private void held(MemoryPayments.Row row) {
    UUID replaced = row.terms().replaces();
    if (replaced == null || !row.state().isHeld()) {
      return;
    }
    PaymentState before = payments.get(replaced).orElseThrow().state();
    if (before.status() != PaymentStatus.PROCESSING
        || !row.terms().id().equals(before.replacedBy())) {
      world.broken(
          Invariant.ORDER_STOCK_AND_MONEY_AGREE,
          "payment %s is held behind %s, which is %s"
              .formatted(name(row.terms().id()), name(replaced), before.status()));
    }
  }

  // 5. and 8. Orders; 4. as far as it holds at once

  private void order(MemoryOrders.Row row) {
    UUID id = row.state().id();
    OrderStatus status = row.state().status();
    OrderStatus last = lastStep.get(id);
    if (last == null ? status != OrderStatus.DRAFT : status != last) {
      world.broken(
          Invariant.STEPS_ARE_EDGES,
          "order %s is %s, its last step led to %s".formatted(name(id), status, last));
    }
    UUID key = row.requestKey();
    UUID other = key == null ? null : orderOfKey.putIfAbsent(key, id);
    if (other != null && !other.equals(id)) {
      world.broken(
          Invariant.ONE_ORDER_PER_KEY, "orders %s and %s".formatted(name(id), name(other)));
    }
    if (row.isHeldByCustomer()) {
      holds(row.state().customerId());
    }
    if (status.isConfirmedOrLater()) {
      Reservation reservation = reservations.get(id).orElse(null);
      List<MemoryPayments.Row> paying = payments(id).stream().filter(Invariants::pays).toList();
      if (reservation == null
          || reservation.status() != ReservationStatus.CONFIRMED
          || paying.size() != 1
          || !paying.getFirst().terms().amount().equals(row.state().total())) {
        world.broken(
            Invariant.ORDER_STOCK_AND_MONEY_AGREE,
            "order %s of %s is %s, its reservation %s, paid by %s"
                .formatted(
                    name(id),
                    row.state().total(),
                    status,
                    reservation == null ? "absent" : reservation.status(),
                    paying.stream().map(payment -> payment.state().status()).toList()));
      }
    }
  }

  /** What the own login of the order's customer holds without having paid. */
  private void holds(UUID customer) {
    List<MemoryOrders.Row> held =
        orders.values().stream()
            .filter(row -> row.isHeldByCustomer() && row.state().customerId().equals(customer))
            .toList();
    Map<UUID, Integer> units = new HashMap<>();
    held.forEach(row ->
        row.lines()
            .forEach(line -> units.merge(line.productId(), line.quantity().value(), Integer::sum)));
    if (held.size() > SalesParts.HOLD_LIMITS.openOrders()
        || units.values().stream()
            .anyMatch(each -> each > SalesParts.HOLD_LIMITS.unitsPerProduct())) {
      world.broken(
          Invariant.HOLDS_ARE_LIMITED,
          "customer %s has %d unpaid orders with units %s"
              .formatted(name(customer), held.size(), units.values()));
    }
  }

  List<MemoryPayments.Row> payments(UUID order) {
    return payments.values().stream().filter(row -> row.terms().orderId().equals(order)).toList();
  }

  private static boolean pays(MemoryPayments.Row row) {
    return row.state().status().isCaptured() && !row.state().unwanted();
  }

  private void readTheLog() {
    EventLog log = world.backbone.log();
    while (readUpTo < log.end()) {
      for (EventLog.Entry entry : log.search(Filter.ANY, readUpTo, 1_000).entries()) {
        readUpTo = entry.position();
        positions.put(entry.event().id(), entry.position());
        read(entry.event());
      }
    }
  }

  private void read(Event event) {
    if (event.type().startsWith("sales.order.")) {
      step((SalesEvent) World.CATALOGUE.payload(event));
    } else if (event.context().equals("logistics")) {
      shipping.read(event);
    } else if (event.type().equals(Contracts.PAYMENT_FAILED)) {
      if (World.CATALOGUE.payload(event) instanceof PaymentFailed failed
          && failed.failure().equals(Payment.EXPIRED)) {
        world.tally.count(Happening.PAYMENT_EXPIRED);
      }
    } else if (event.type().equals(Contracts.STOCK_CONFIRMATION_FAILED)) {
      world.tally.count(Happening.CONFIRMATION_FAILED);
    } else if (event.type().equals(Contracts.PAYMENT_CANCELLED)
        && ((PaymentCancelled) World.CATALOGUE.payload(event))
            .reason()
            .equals(Payment.ORDER_PAID)) {
      world.tally.count(Happening.PAID_BEFORE_IT_WAS_REPLACED);
    } else if (event.type().equals(Contracts.MESSAGE_DEAD_LETTERED)) {
      world.tally.count(Happening.DEAD_LETTER);
    }
  }

  private void step(SalesEvent event) {
    touchedOrders.add(event.orderId());
    OrderStatus from = event.from() == null ? null : OrderStatus.valueOf(event.from());
    OrderStatus to = OrderStatus.valueOf(event.to());
    OrderStatus last = lastStep.put(event.orderId(), to);
    boolean fits = last == null ? from == null || from == OrderStatus.DRAFT : from == last;
    if (!fits || !OrderTransitions.isEdge(from, to)) {
      world.broken(
          Invariant.STEPS_ARE_EDGES,
          "order %s went from %s to %s after it had become %s"
              .formatted(name(event.orderId()), from, to, last));
    }
    Happening outcome = outcome(event, to);
    if (outcome != null) {
      world.tally.count(outcome);
    }
  }

  private static @Nullable Happening outcome(SalesEvent event, OrderStatus to) {
    if (event instanceof OrderCancelled cancelled) {
      return switch (cancelled.reason()) {
        case "out_of_stock", "unknown_product" -> Happening.CANCELLED_OUT_OF_STOCK;
        case "payment_failed" -> Happening.CANCELLED_PAYMENT_FAILED;
        case "reservation_expired" -> Happening.CANCELLED_RESERVATION_EXPIRED;
        case "customer_request" -> Happening.CANCELLED_BY_CUSTOMER;
        case "returned" -> Happening.RETURNED;
        case "deadline_exceeded" -> Happening.ORDER_FAILED_AT_ITS_DEADLINE;
        default -> Happening.CANCELLED_BY_OPERATOR;
      };
    }
    return switch (to) {
      case CONFIRMED -> Happening.ORDER_CONFIRMED;
      case COMPLETED -> Happening.ORDER_COMPLETED;
      case DRAFT, PENDING, PENDING_PAYMENT, PAID, SHIPPED, DELIVERED, CANCELLED, FAILED -> null;
    };
  }

  // 7. Deliveries

  private void deliveries(Deliveries.Account it) {
    long handled = world.witness.handled(it.subscription());
    // Counted when the cursor passes them.
    long localAhead = world.backbone.handledLocallyAfter(it.subscription(), it.position());
    if (it.position() > it.end()
        || it.headless() > 0
        || it.handled() + it.parked() + it.discarded() != it.delivered()
        || it.handled() + localAhead != handled) {
      world.broken(
          Invariant.DELIVERIES_ARE_COUNTED,
          "%s, of which %d took effect, %d of them ahead of the cursor"
              .formatted(it, handled, localAhead));
    }
  }

  /** Whether an event waits to be handled. */
  boolean isAnythingOutstanding() {
    return subscriptions.stream()
        .anyMatch(subscription -> world.backbone.transport().outstanding(subscription) > 0);
  }

  /** Whether no further step will happen on its own. */
  boolean isAtRest() {
    return !isAnythingOutstanding()
        && world.acquirer.webhooks().isEmpty()
        && world.processes.stream().allMatch(process -> process.wire.isIdle())
        && orders.values().stream().noneMatch(row -> row.state().status().isUnderWay())
        && reservations.values().stream().noneMatch(Reservation::isOpen)
        && payments.values().stream().noneMatch(row -> row.state().status().isOpen())
        && refunds.values().stream().noneMatch(MemoryRefunds.Row::isOpen)
        && world.backbone.deadLetters().list(null, 1).isEmpty()
        && subscriptions.stream()
            .allMatch(
                subscription -> world.backbone.parking().counts(subscription.name()).parked() == 0);
  }

  /** Checks the receivable of an order that nothing will happen to any more. */
  void receivableAtTheEnd(MemoryOrders.Row order) {
    receivables.atTheEnd(order);
  }

  ShippingChecks shipping() {
    return shipping;
  }

  ReturnInvariants returns() {
    return returns;
  }

  List<Subscription> subscriptions() {
    return subscriptions;
  }
}
