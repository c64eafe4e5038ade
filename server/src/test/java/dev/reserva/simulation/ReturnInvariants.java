package dev.reserva.simulation;

import static dev.reserva.simulation.Chronicle.name;

import dev.reserva.contracts.Money;
import dev.reserva.financial.adapters.memory.MemoryRefunds;
import dev.reserva.inventory.adapters.memory.MemoryReservations;
import dev.reserva.inventory.adapters.memory.MemoryStocks;
import dev.reserva.inventory.application.LedgerEntries.Numbered;
import dev.reserva.inventory.domain.LedgerKind;
import dev.reserva.logistics.adapters.memory.MemoryShipments;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.adapters.memory.MemoryReturns;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The invariants of returns, and what inventory and financial make of them. */
final class ReturnInvariants {

  private final World world;
  private final MemoryTable<UUID, Return> returns;
  private final MemoryTable<UUID, dev.reserva.inventory.domain.Return> takenBack;
  private final MemoryTable<UUID, MemoryRefunds.Row> refunds;

  /** Orders of which a return or the stock has changed since the last check. */
  private final Set<UUID> touched = new HashSet<>();

  ReturnInvariants(World world) {
    this.world = world;
    this.returns = MemoryReturns.table(world.database);
    this.takenBack = dev.reserva.inventory.adapters.memory.MemoryReturns.table(world.database);
    this.refunds = MemoryRefunds.table(world.database);
    returns.watch(id -> returns.get(id).ifPresent(goods -> touched.add(goods.orderId())));
    takenBack.watch(id -> takenBack.get(id).ifPresent(goods -> touched.add(goods.orderId())));
  }

  void check() {
    touched.forEach(this::order);
    touched.clear();
  }

  private void order(UUID id) {
    MemoryOrders.Row order = MemoryOrders.table(world.database).get(id).orElse(null);
    if (order == null) {
      world.broken(Invariant.RETURNS_ADD_UP, "goods of no order come back: " + name(id));
      return;
    }
    Map<UUID, Integer> named = new HashMap<>();
    of(id).stream()
        .filter(goods -> goods.status() != ReturnStatus.REJECTED)
        .flatMap(goods -> goods.lines().stream())
        .forEach(line -> named.merge(line.productId(), line.quantity().value(), Integer::sum));
    order
        .lines()
        .forEach(line -> {
          if (named.getOrDefault(line.productId(), 0) > line.quantity().value()) {
            world.broken(
                Invariant.RETURNS_ADD_UP,
                "%s units of %s come back of order %s, %s were ordered"
                    .formatted(
                        named.get(line.productId()),
                        name(line.productId()),
                        name(id),
                        line.quantity().value()));
          }
        });
    arrived(
        id,
        NeededUnits.of(
            of(id).stream()
                .filter(goods -> goods.status() != ReturnStatus.REJECTED)
                .flatMap(goods -> goods.lines().stream())
                .toList()));
    stock(id);
  }

  /** No more comes back than logistics has delivered, or an operator has set to delivered. */
  private void arrived(UUID order, Map<UUID, Integer> named) {
    OrderStatus status =
        MemoryOrders.table(world.database).get(order).orElseThrow().state().status();
    if (status == OrderStatus.DELIVERED || status == OrderStatus.COMPLETED) {
      return;
    }
    Map<UUID, Integer> delivered = new HashMap<>();
    MemoryShipments.table(world.database).values().stream()
        .filter(shipment ->
            shipment.orderId().equals(order) && shipment.status() == ShipmentStatus.DELIVERED)
        .flatMap(shipment -> shipment.lines().stream())
        .forEach(line -> delivered.merge(line.productId(), line.quantity(), Integer::sum));
    named.forEach((product, units) -> {
      if (units > delivered.getOrDefault(product, 0)) {
        world.broken(
            Invariant.RETURNS_ADD_UP,
            "%s units of %s come back of order %s, which is %s, %s were delivered"
                .formatted(
                    units, name(product), name(order), status, delivered.getOrDefault(product, 0)));
      }
    });
  }

  /** What came back into stock is what the returns of the order brought, or its cancellation. */
  private void stock(UUID order) {
    Map<UUID, Integer> expected = new HashMap<>();
    MemoryReservations.table(world.database)
        .get(order)
        .filter(reservation -> reservation.returnedAt() != null)
        .ifPresent(reservation ->
            reservation
                .lines()
                .forEach(line -> expected.merge(line.productId(), line.quantity(), Integer::sum)));
    takenBack.values().stream()
        .filter(goods -> goods.orderId().equals(order) && goods.restock())
        .flatMap(goods -> goods.lines().stream())
        .forEach(line -> expected.merge(line.productId(), line.quantity(), Integer::sum));
    Map<UUID, Integer> entered = new HashMap<>();
    for (Numbered numbered : MemoryStocks.ledger(world.database).values()) {
      if (numbered.entry().kind() == LedgerKind.RETURNED
          && order.equals(numbered.entry().orderId())) {
        entered.merge(
            numbered.entry().productId(), numbered.entry().physicalChange(), Integer::sum);
      }
    }
    if (!entered.equals(expected)) {
      world.broken(
          Invariant.RETURNS_ADD_UP,
          "%s came back into stock of order %s, %s was returned"
              .formatted(entered, name(order), expected));
    }
  }

  /**
   * Each return of the order that was received is in the books of inventory and financial, once.
   */
  void atTheEnd(UUID order) {
    for (Return goods : of(order)) {
      boolean back =
          goods.status() == ReturnStatus.RECEIVED || goods.status() == ReturnStatus.REFUNDED;
      if (back) {
        takenBack.get(goods.id()).ifPresent(units -> sameUnits(goods, units));
      }
      if (takenBack.get(goods.id()).isPresent() != back) {
        world.broken(
            Invariant.RETURNS_ADD_UP,
            "return %s is %s, inventory has %s taken it back"
                .formatted(name(goods.id()), goods.status(), back ? "not" : "nevertheless"));
      }
      Money zero = Money.zero(goods.refund().currency());
      List<Money> given =
          refunds.values().stream()
              .filter(row -> goods.id().equals(row.refund().returnId()))
              .map(row -> row.refund().amount())
              .toList();
      Money told = goods.refunded() == null ? zero : goods.refunded();
      if (goods.status() == ReturnStatus.RECEIVED
          || given.size() > 1
          || !given.stream().reduce(zero, Money::plus).equals(told)) {
        world.broken(
            Invariant.RETURNS_ADD_UP,
            "return %s is %s with %s, financial gave back %s"
                .formatted(name(goods.id()), goods.status(), told, given));
      }
    }
  }

  /** Inventory takes back what the lines consist of. */
  private void sameUnits(Return goods, dev.reserva.inventory.domain.Return units) {
    Map<UUID, Integer> taken = new HashMap<>();
    units.lines().forEach(line -> taken.merge(line.productId(), line.quantity(), Integer::sum));
    if (!taken.equals(NeededUnits.of(goods.lines()))) {
      world.broken(
          Invariant.RETURNS_ADD_UP,
          "return %s is of %s, inventory has taken back %s"
              .formatted(name(goods.id()), goods.lines(), units.lines()));
    }
  }

  /** What was given back for the returns of an order. */
  Money refunded(UUID order, Money zero) {
    return of(order).stream()
        .map(goods -> goods.refunded() == null ? zero : goods.refunded())
        .reduce(zero, Money::plus);
  }

  private List<Return> of(UUID order) {
    return returns.values().stream().filter(goods -> goods.orderId().equals(order)).toList();
  }
}
