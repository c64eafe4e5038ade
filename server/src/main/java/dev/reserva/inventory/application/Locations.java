package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The places that hold stock. */
public interface Locations {

  /** Most locations that there may be. Each is looked up for each line of an order. */
  int MAX = 100;

  /** The outcome of {@link #add}. */
  enum Added {
    ADDED,
    /** There is a location of this code. Nothing changed. */
    CODE_TAKEN,
    /** There are {@link #MAX}. Nothing changed. */
    TOO_MANY
  }

  Added add(Location location, UnitOfWork tx);

  /** The location, locked until the transaction ends. */
  Optional<Location> lock(LocationCode code, UnitOfWork tx);

  /** Replaces a locked location. */
  void replace(Location location, UnitOfWork tx);

  /** Which of these exist. */
  Set<LocationCode> existing(Collection<LocationCode> codes, UnitOfWork tx);

  /**
   * By code.
   *
   * @param after only locations whose code sorts behind it
   */
  List<Location> list(@Nullable LocationCode after, int limit, UnitOfWork tx);
}
