package dev.reserva.simulation;

import dev.reserva.logistics.adapters.memory.MemoryShipments;
import dev.reserva.logistics.application.DispatchShipment;
import dev.reserva.logistics.domain.Carriage;
import dev.reserva.logistics.domain.DeliverOutcome;
import dev.reserva.logistics.domain.DispatchOutcome;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Quantity;
import dev.reserva.logistics.domain.Selection;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.messaging.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** People of the warehouse who hand shipments over, whole or in part, and record their arrival. */
final class Dispatchers {

  private static final Cause CAUSE = Cause.of("dispatcher");

  private final World world;

  Dispatchers(World world) {
    this.world = world;
  }

  void act() {
    List<Shipment> known =
        MemoryShipments.table(world.database).values().stream()
            .filter(shipment -> !shipment.isTombstone())
            .toList();
    world
        .oneOf(known)
        .ifPresent(shipment -> {
          if (world.random.nextInt(3) < 2) {
            dispatch(shipment);
          } else {
            deliver(shipment.id());
          }
        });
  }

  private void dispatch(Shipment shipment) {
    Selection selection =
        world.random.nextInt(3) == 0 ? some(shipment.lines()) : Selection.EVERYTHING;
    var command = new DispatchShipment.Command(shipment.id(), selection, Carriage.UNTOLD, CAUSE);
    world
        .command(
            "dispatches %s of %s"
                .formatted(Chronicle.name(shipment.id()), Chronicle.name(shipment.orderId())),
            (process, tx) -> process.logistics.dispatchShipment.dispatch(command, tx).orElseThrow())
        .ifPresent(this::count);
  }

  private void count(DispatchOutcome outcome) {
    switch (outcome) {
      case DispatchOutcome.Dispatched done ->
          world.tally.count(
              done.rest() == null ? Happening.DISPATCHED : Happening.DISPATCHED_IN_PART);
      case DispatchOutcome.DoneBefore _ -> world.tally.count(Happening.DISPATCHED_AGAIN);
      case DispatchOutcome.WrongState _ -> world.tally.count(Happening.DISPATCH_REFUSED);
      case DispatchOutcome.NotInShipment _, DispatchOutcome.TooMany _ ->
          world.broken(Invariant.NO_SURPRISES, "a shipment lost its lines: " + outcome);
    }
  }

  /** One unit of some of the lines. */
  private Selection some(List<Line> lines) {
    List<Selection.Units> named = new ArrayList<>();
    for (Line line : lines) {
      if (named.isEmpty() || world.random.nextBoolean()) {
        named.add(new Selection.Units(line.productId(), new Quantity(1)));
      }
    }
    return Selection.of(named);
  }

  private void deliver(UUID shipment) {
    world
        .command(
            "delivers " + Chronicle.name(shipment),
            (process, tx) ->
                process.logistics.deliverShipment.deliver(shipment, CAUSE, tx).orElseThrow())
        .filter(DeliverOutcome.Delivered.class::isInstance)
        .ifPresent(_ -> world.tally.count(Happening.DELIVERED));
  }
}
