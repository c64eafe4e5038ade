package dev.reserva.simulation;

import static dev.reserva.simulation.Chronicle.name;

import dev.reserva.contracts.Locations;
import dev.reserva.contracts.LogisticsEvent.ShipmentCancelled;
import dev.reserva.contracts.LogisticsEvent.ShipmentDispatched;
import dev.reserva.contracts.LogisticsEvent.ShipmentReturned;
import dev.reserva.inventory.adapters.memory.MemoryReservations;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.logistics.adapters.memory.MemoryShipments;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.domain.OrderStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The invariants of shipments. What has left is counted from the log, so that the table alone
 * cannot hide it.
 */
final class ShippingChecks {

  private final World world;
  private final MemoryTable<UUID, MemoryOrders.Row> orders;
  private final MemoryTable<UUID, Shipment> shipments;
  private final MemoryTable<UUID, Reservation> reservations;

  /** Orders of which a shipment has moved since the last check. */
  private final Set<UUID> touched = new HashSet<>();

  /** By order: the units of each product that have left. */
  private final Map<UUID, Map<UUID, Integer>> left = new HashMap<>();

  /** Orders whose cancellation logistics has told. */
  private final Set<UUID> ended = new HashSet<>();

  ShippingChecks(World world) {
    this.world = world;
    this.orders = MemoryOrders.table(world.database);
    this.shipments = MemoryShipments.table(world.database);
    this.reservations = MemoryReservations.table(world.database);
    shipments.watch(id -> shipments.get(id).ifPresent(it -> touched.add(it.orderId())));
  }

  /** Takes notice of an event of logistics. */
  void read(Event event) {
    switch (World.CATALOGUE.payload(event)) {
      case ShipmentDispatched dispatched -> {
        if (ended.contains(dispatched.orderId())) {
          world.broken(
              Invariant.NOTHING_IS_SHIPPED_WRONGLY,
              "something left for order %s after its shipments had ended"
                  .formatted(name(dispatched.orderId())));
        }
        Map<UUID, Integer> units = left.computeIfAbsent(dispatched.orderId(), _ -> new HashMap<>());
        dispatched
            .lines()
            .forEach(line -> units.merge(line.productId(), line.quantity(), Integer::sum));
      }
      case ShipmentCancelled cancelled -> ended.add(cancelled.orderId());
      case ShipmentReturned returned -> {
        ended.add(returned.orderId());
        world.tally.count(Happening.RECALLED);
      }
      default -> {
        // It moves no goods out.
      }
    }
  }

  void check() {
    touched.forEach(order -> orders.get(order).ifPresent(this::order));
    touched.clear();
  }

  private void order(MemoryOrders.Row row) {
    UUID id = row.state().id();
    Map<UUID, Integer> ordered = NeededUnits.of(row.lines());
    List<Shipment> own = of(id);
    if (own.isEmpty()) { // what touched it was rolled back
      return;
    }
    held(id, own);
    Map<UUID, Integer> planned = new HashMap<>();
    own.forEach(shipment ->
        shipment
            .lines()
            .forEach(line -> planned.merge(line.productId(), line.quantity(), Integer::sum)));
    boolean tombstone = own.stream().anyMatch(Shipment::isTombstone);
    if (tombstone ? own.size() > 1 : !planned.equals(ordered)) {
      world.broken(
          Invariant.NOTHING_IS_SHIPPED_WRONGLY,
          "order %s has %s ordered, its shipments contain %s"
              .formatted(name(id), ordered, planned));
    }
    left.getOrDefault(id, Map.of())
        .forEach((product, units) -> {
          if (units > ordered.getOrDefault(product, 0)) {
            world.broken(
                Invariant.NOTHING_IS_SHIPPED_WRONGLY,
                "%d units of %s left for order %s, %s are ordered"
                    .formatted(units, name(product), name(id), ordered.get(product)));
          }
        });
  }

  /** The goods leave from the locations whose stock is held. */
  private void held(UUID order, List<Shipment> own) {
    Map<String, Map<UUID, Integer>> leaving = new HashMap<>();
    for (Shipment shipment : own) {
      for (Line line : shipment.lines()) {
        leaving
            .computeIfAbsent(shipment.location().code(), _ -> new HashMap<>())
            .merge(line.productId(), line.quantity(), Integer::sum);
      }
    }
    Map<String, Map<UUID, Integer>> held = new HashMap<>();
    reservations
        .get(order)
        .ifPresent(reservation ->
            reservation
                .lines()
                .forEach(line ->
                    held.computeIfAbsent(line.location().value(), _ -> new HashMap<>())
                        .merge(line.productId(), line.quantity(), Integer::sum)));
    if (!leaving.isEmpty() && !leaving.equals(held)) {
      world.broken(
          Invariant.NOTHING_IS_SHIPPED_WRONGLY,
          "the goods of order %s are held at %s, its shipments leave from %s"
              .formatted(name(order), held, leaving));
    }
    if (held.size() > 1) {
      world.tally.count(Happening.HELD_AT_SEVERAL);
    } else if (!held.isEmpty() && !held.containsKey(Locations.MAIN)) {
      world.tally.count(Happening.HELD_ELSEWHERE);
    }
  }

  private List<Shipment> of(UUID order) {
    return shipments.values().stream()
        .filter(shipment -> shipment.orderId().equals(order))
        .toList();
  }

  /** Whether the order and its shipments agree, once every event has been handled. */
  void agree(MemoryOrders.Row row) {
    UUID id = row.state().id();
    OrderStatus status = row.state().status();
    List<ShipmentStatus> own = of(id).stream().map(Shipment::status).distinct().toList();
    boolean agrees =
        switch (status) {
          case CONFIRMED -> own.contains(ShipmentStatus.PREPARING) && !hasEnded(own);
          case SHIPPED ->
              own.contains(ShipmentStatus.DISPATCHED)
                  && !hasEnded(own)
                  && !own.contains(ShipmentStatus.PREPARING);
          case DELIVERED, COMPLETED -> own.equals(List.of(ShipmentStatus.DELIVERED));
          case CANCELLED, FAILED ->
              own.stream()
                  .allMatch(it -> it == ShipmentStatus.CANCELLED || it == ShipmentStatus.RETURNED);
          case DRAFT, PENDING, PENDING_PAYMENT, PAID -> own.isEmpty();
        };
    if (!agrees) {
      world.broken(
          Invariant.ORDER_AND_SHIPMENTS_AGREE,
          "order %s is %s, its shipments are %s".formatted(name(id), status, own));
    }
  }

  private static boolean hasEnded(List<ShipmentStatus> statuses) {
    return statuses.contains(ShipmentStatus.CANCELLED)
        || statuses.contains(ShipmentStatus.RETURNED);
  }
}
