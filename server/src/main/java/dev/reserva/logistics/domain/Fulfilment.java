package dev.reserva.logistics.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * All shipments of one order, and the rules for them.
 *
 * <ul>
 *   <li>The shipments of a location contain together exactly what it holds for the order. A
 *       shipment that leaves in part is split: what stays becomes a further shipment.
 *   <li>A cancellation ends them all. What has not left is CANCELLED, what has left is RETURNED.
 *       Nothing leaves for the order any more.
 *   <li>A step that was handled before changes nothing.
 * </ul>
 *
 * <p>Belongs to one thread and one transaction, which has locked the shipments.
 */
public final class Fulfilment {

  private final UUID orderId;
  private final List<Shipment> shipments;
  private final Set<UUID> added = new LinkedHashSet<>();
  private final Set<UUID> changed = new LinkedHashSet<>();

  private Fulfilment(UUID orderId, List<Shipment> shipments) {
    this.orderId = orderId;
    this.shipments = new ArrayList<>(shipments);
    this.shipments.sort(Comparator.comparingInt(Shipment::part));
  }

  /**
   * @param shipments those on record, a tombstone among them
   */
  public static Fulfilment of(UUID orderId, List<Shipment> shipments) {
    return new Fulfilment(orderId, shipments);
  }

  /** Prepares a shipment for each parcel, unless the order has shipments or is cancelled. */
  public List<Move> confirm(
      UUID customerId, List<Parcel> parcels, Supplier<UUID> ids, Instant now) {
    List<Move> moves = new ArrayList<>();
    if (shipments.isEmpty()) {
      for (Parcel parcel : parcels) {
        moves.add(
            add(
                Shipment.preparing(
                    shipments.isEmpty() ? orderId : ids.get(),
                    orderId,
                    customerId,
                    parcel.location(),
                    nextPart(),
                    parcel.lines(),
                    now)));
      }
    }
    return moves;
  }

  /** Ends all shipments. Leaves a tombstone if there is none. */
  public List<Move> cancel(UUID customerId, Instant now) {
    if (shipments.isEmpty()) {
      Move _ = add(Shipment.tombstone(orderId, customerId, now));
      return List.of();
    }
    List<Move> moves = new ArrayList<>();
    for (Shipment shipment : List.copyOf(shipments)) {
      switch (shipment.status()) {
        case PREPARING -> moves.add(replace(shipment.cancelled(now)));
        case DISPATCHED, DELIVERED -> moves.add(replace(shipment.returned(now)));
        case CANCELLED, RETURNED -> {
          // It has ended before.
        }
      }
    }
    return moves;
  }

  /** Dispatches whatever is being prepared, because the order has left as a whole. */
  public List<Move> leave(Instant now) {
    List<Move> moves = new ArrayList<>();
    for (Shipment shipment : List.copyOf(shipments)) {
      if (shipment.status() == ShipmentStatus.PREPARING) {
        moves.add(replace(shipment.dispatched(shipment.lines(), Carriage.UNTOLD, now)));
      }
    }
    return moves;
  }

  /** Delivers whatever is being prepared or under way, because the order has arrived as a whole. */
  public List<Move> arrive(Instant now) {
    List<Move> moves = new ArrayList<>(leave(now));
    for (Shipment shipment : List.copyOf(shipments)) {
      if (shipment.status() == ShipmentStatus.DISPATCHED) {
        moves.add(replace(shipment.delivered(now)));
      }
    }
    return moves;
  }

  /**
   * Dispatches a shipment, or a part of it.
   *
   * @throws IllegalArgumentException if the order has no such shipment
   */
  public DispatchOutcome dispatch(
      UUID id, Selection selection, Carriage carriage, Supplier<UUID> ids, Instant now) {
    Shipment shipment = shipment(id);
    if (shipment.status() != ShipmentStatus.PREPARING) {
      boolean same =
          (shipment.status() == ShipmentStatus.DISPATCHED
                  || shipment.status() == ShipmentStatus.DELIVERED)
              && carriage.agreesWith(shipment.carriage())
              && selection.isAllOf(shipment.lines());
      return same
          ? new DispatchOutcome.DoneBefore(shipment)
          : new DispatchOutcome.WrongState(shipment);
    }
    List<UUID> others = others(selection, shipment);
    if (!others.isEmpty()) {
      return new DispatchOutcome.NotInShipment(shipment, others);
    }
    for (Line line : shipment.lines()) {
      int named = selection.quantities().getOrDefault(line.productId(), 0);
      if (named > line.quantity()) {
        return new DispatchOutcome.TooMany(shipment, line.productId(), named, line.quantity());
      }
    }
    List<Line> staying = selection.staying(shipment.lines());
    Shipment leaving = shipment.dispatched(selection.leaving(shipment.lines()), carriage, now);
    if (staying.isEmpty()) {
      return new DispatchOutcome.Dispatched(leaving, null, List.of(replace(leaving)));
    }
    Shipment rest =
        Shipment.preparing(
            ids.get(),
            orderId,
            shipment.customerId(),
            shipment.location(),
            nextPart(),
            staying,
            now);
    put(leaving);
    Move preparing = add(rest);
    Move dispatched =
        new Move(
            leaving,
            preparing.openUnits(),
            preparing.openShipments(),
            preparing.revision() - rest.version());
    return new DispatchOutcome.Dispatched(leaving, rest, List.of(dispatched, preparing));
  }

  /** Products that are named and not in the shipment. */
  private static List<UUID> others(Selection selection, Shipment shipment) {
    return selection.quantities().keySet().stream()
        .filter(
            product -> shipment.lines().stream().noneMatch(it -> it.productId().equals(product)))
        .sorted()
        .toList();
  }

  /**
   * @throws IllegalArgumentException if the order has no such shipment
   */
  public DeliverOutcome deliver(UUID id, Instant now) {
    Shipment shipment = shipment(id);
    return switch (shipment.status()) {
      case DISPATCHED -> {
        Shipment delivered = shipment.delivered(now);
        yield new DeliverOutcome.Delivered(delivered, replace(delivered));
      }
      case DELIVERED -> new DeliverOutcome.DoneBefore(shipment);
      case PREPARING, CANCELLED, RETURNED -> new DeliverOutcome.WrongState(shipment);
    };
  }

  /**
   * @throws IllegalArgumentException if the order has no such shipment
   */
  public Shipment shipment(UUID id) {
    return shipments.stream()
        .filter(shipment -> shipment.id().equals(id) && !shipment.isTombstone())
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("order %s has no shipment %s".formatted(orderId, id)));
  }

  /** Shipments that are not on record, by part. */
  public List<Shipment> added() {
    return shipments.stream().filter(shipment -> added.contains(shipment.id())).toList();
  }

  /** Shipments that are on record otherwise. */
  public List<Shipment> changed() {
    return shipments.stream().filter(shipment -> changed.contains(shipment.id())).toList();
  }

  private int nextPart() {
    return shipments.isEmpty() ? 1 : shipments.getLast().part() + 1;
  }

  private Move add(Shipment shipment) {
    shipments.add(shipment);
    added.add(shipment.id());
    return moved(shipment);
  }

  private Move replace(Shipment shipment) {
    put(shipment);
    return moved(shipment);
  }

  private void put(Shipment shipment) {
    shipments.replaceAll(it -> it.id().equals(shipment.id()) ? shipment : it);
    if (!added.contains(shipment.id())) {
      changed.add(shipment.id());
    }
  }

  private Move moved(Shipment shipment) {
    int openUnits = 0;
    int openShipments = 0;
    int revision = 0;
    for (Shipment each : shipments) {
      openUnits += each.status() == ShipmentStatus.PREPARING ? each.units() : 0;
      openShipments += each.status().isOpen() ? 1 : 0;
      revision += each.version();
    }
    return new Move(shipment, openUnits, openShipments, revision);
  }
}
