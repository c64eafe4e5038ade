package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;

/** Updates the locations that sales knows from the events of inventory. */
public final class FollowLocations {

  private final Locations locations;

  public FollowLocations(Locations locations) {
    this.locations = locations;
  }

  /**
   * @param codes of locations that exist; those that are known change nothing
   */
  public void follow(Collection<String> codes, UnitOfWork tx) {
    locations.add(codes, tx);
  }
}
