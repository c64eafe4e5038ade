package dev.reserva.logistics.application;

import dev.reserva.logistics.domain.DeliverOutcome;
import dev.reserva.logistics.domain.Fulfilment;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Records that a shipment has arrived. */
public final class DeliverShipment {

  private final Shipments shipments;

  public DeliverShipment(Shipments shipments) {
    this.shipments = shipments;
  }

  /**
   * @return the outcome; empty if there is no such shipment
   */
  public Optional<DeliverOutcome> deliver(UUID shipmentId, Cause cause, UnitOfWork tx) {
    Optional<Fulfilment> locked = shipments.lock(shipmentId, tx);
    return locked.map(fulfilment -> {
      DeliverOutcome outcome = fulfilment.deliver(shipmentId, tx.now());
      if (outcome instanceof DeliverOutcome.Delivered delivered) {
        Announcements.moves(List.of(delivered.move()), cause, tx);
        shipments.save(List.of(fulfilment), tx);
      }
      return outcome;
    });
  }
}
