package dev.reserva.logistics.application;

import dev.reserva.logistics.domain.Parcel;
import dev.reserva.messaging.Cause;
import java.util.List;
import java.util.UUID;

/** A step of an order that its shipments follow. */
public sealed interface OrderStep {

  UUID orderId();

  Cause cause();

  /** Its goods are to be shipped. */
  record Confirmed(UUID orderId, UUID customerId, List<Parcel> parcels, Cause cause)
      implements OrderStep {
    public Confirmed {
      parcels = List.copyOf(parcels);
    }
  }

  /** All of it has left, by its shipments or because an operator says so. */
  record Shipped(UUID orderId, Cause cause) implements OrderStep {}

  /** All of it has arrived, by its shipments or because an operator says so. */
  record Delivered(UUID orderId, Cause cause) implements OrderStep {}

  /**
   * It is dead.
   *
   * @param wasConfirmed whether it had goods to ship
   */
  record Cancelled(UUID orderId, UUID customerId, boolean wasConfirmed, Cause cause)
      implements OrderStep {}
}
