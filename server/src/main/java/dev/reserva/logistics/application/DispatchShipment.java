package dev.reserva.logistics.application;

import dev.reserva.logistics.domain.Carriage;
import dev.reserva.logistics.domain.DispatchOutcome;
import dev.reserva.logistics.domain.Fulfilment;
import dev.reserva.logistics.domain.Selection;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Hands a shipment, or a part of it, to the carrier. What stays becomes a further shipment in the
 * same transaction.
 */
public final class DispatchShipment {

  private final Shipments shipments;
  private final Ids ids;

  public DispatchShipment(Shipments shipments, Ids ids) {
    this.shipments = shipments;
    this.ids = ids;
  }

  public record Command(UUID shipmentId, Selection selection, Carriage carriage, Cause cause) {}

  /**
   * @return the outcome; empty if there is no such shipment
   */
  public Optional<DispatchOutcome> dispatch(Command command, UnitOfWork tx) {
    Optional<Fulfilment> locked = shipments.lock(command.shipmentId(), tx);
    return locked.map(fulfilment -> {
      DispatchOutcome outcome =
          fulfilment.dispatch(
              command.shipmentId(), command.selection(), command.carriage(), ids::next, tx.now());
      if (outcome instanceof DispatchOutcome.Dispatched dispatched) {
        Announcements.moves(dispatched.moves(), command.cause(), tx);
        shipments.save(List.of(fulfilment), tx);
      }
      return outcome;
    });
  }
}
