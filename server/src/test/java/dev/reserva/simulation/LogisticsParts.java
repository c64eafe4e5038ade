package dev.reserva.simulation;

import dev.reserva.logistics.adapters.memory.MemoryShipments;
import dev.reserva.logistics.adapters.messaging.OrderMessages;
import dev.reserva.logistics.application.DeliverShipment;
import dev.reserva.logistics.application.DispatchShipment;
import dev.reserva.logistics.application.FollowOrders;
import dev.reserva.logistics.application.Shipments;
import dev.reserva.messaging.Subscription;

/** Logistics in one process, wired as {@code LogisticsConfiguration} does it. */
final class LogisticsParts {

  final DispatchShipment dispatchShipment;
  final DeliverShipment deliverShipment;
  final Subscription subscription;

  LogisticsParts(World world) {
    Shipments shipments = PlantedBug.in(new MemoryShipments(), world.bug);
    this.dispatchShipment = new DispatchShipment(shipments, world.ids);
    this.deliverShipment = new DeliverShipment(shipments);
    this.subscription = new OrderMessages(new FollowOrders(shipments, world.ids)).subscription();
  }
}
