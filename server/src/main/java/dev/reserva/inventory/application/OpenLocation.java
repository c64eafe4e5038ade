package dev.reserva.inventory.application;

import dev.reserva.contracts.InventoryEvent.LocationCreated;
import dev.reserva.inventory.domain.Location;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;

/** Adds a location. It holds nothing until goods are received or transferred there. */
public final class OpenLocation {

  private final Locations locations;

  public OpenLocation(Locations locations) {
    this.locations = locations;
  }

  public Locations.Added open(Location location, Cause cause, UnitOfWork tx) {
    Locations.Added outcome = locations.add(location, tx);
    if (outcome == Locations.Added.ADDED) {
      tx.publish(
          new LocationCreated(
              location.id(),
              location.code().value(),
              location.name(),
              location.priority(),
              location.active()),
          cause);
    }
    return outcome;
  }
}
