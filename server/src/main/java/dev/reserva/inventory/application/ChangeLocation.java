package dev.reserva.inventory.application;

import dev.reserva.contracts.InventoryEvent.LocationUpdated;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes the name or the priority of a location, or whether orders are served from it. What it
 * holds for orders stays held there.
 */
public final class ChangeLocation {

  private final Locations locations;

  public ChangeLocation(Locations locations) {
    this.locations = locations;
  }

  /** What is to change; absent members stay. */
  public record Change(
      @Nullable String name, @Nullable Integer priority, @Nullable Boolean active) {
    Location of(Location location) {
      return new Location(
          location.id(),
          location.code(),
          name == null ? location.name() : name,
          priority == null ? location.priority() : priority,
          active == null ? location.active() : active);
    }
  }

  /** The location before and after. */
  public record Changed(Location before, Location after) {}

  /**
   * @return empty if there is no such location
   */
  public Optional<Changed> change(LocationCode code, Change change, Cause cause, UnitOfWork tx) {
    return locations
        .lock(code, tx)
        .map(before -> {
          Location after = change.of(before);
          if (!after.equals(before)) {
            locations.replace(after, tx);
            tx.publish(
                new LocationUpdated(
                    after.id(),
                    after.code().value(),
                    after.name(),
                    after.priority(),
                    after.active()),
                cause);
          }
          return new Changed(before, after);
        });
  }
}
