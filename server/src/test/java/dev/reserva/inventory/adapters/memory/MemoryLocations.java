package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.Locations;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Place;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Inventory's locations. The default one exists without a row until it is changed. */
public final class MemoryLocations implements Locations {

  private static final Location MAIN =
      new Location(
          new UUID(0, 1), LocationCode.MAIN, "Main", Place.MAIN.priority(), Place.MAIN.active());

  public static MemoryTable<LocationCode, Location> table(MemoryDatabase database) {
    return database.table("inventory.location");
  }

  private static MemoryTable<LocationCode, Location> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  private static List<Location> all(UnitOfWork tx) {
    List<Location> all = new ArrayList<>(rows(tx).values());
    if (rows(tx).get(LocationCode.MAIN).isEmpty()) {
      all.add(MAIN);
    }
    return all;
  }

  /** Where orders are allocated to, as the location is now. */
  static Place place(LocationCode code, UnitOfWork tx) {
    Location location = find(code, tx).orElseThrow();
    return new Place(code, location.priority(), location.active());
  }

  static Optional<Location> find(LocationCode code, UnitOfWork tx) {
    return all(tx).stream().filter(location -> location.code().equals(code)).findFirst();
  }

  @Override
  public Added add(Location location, UnitOfWork tx) {
    if (find(location.code(), tx).isPresent()) {
      return Added.CODE_TAKEN;
    }
    if (all(tx).size() >= MAX) {
      return Added.TOO_MANY;
    }
    rows(tx).put(location.code(), location);
    return Added.ADDED;
  }

  @Override
  public Optional<Location> lock(LocationCode code, UnitOfWork tx) {
    return find(code, tx);
  }

  @Override
  public void replace(Location location, UnitOfWork tx) {
    rows(tx).put(location.code(), location);
  }

  @Override
  public Set<LocationCode> existing(Collection<LocationCode> codes, UnitOfWork tx) {
    Set<LocationCode> existing = new HashSet<>();
    all(tx).stream().map(Location::code).filter(codes::contains).forEach(existing::add);
    return existing;
  }

  @Override
  public List<Location> list(@Nullable LocationCode after, int limit, UnitOfWork tx) {
    return all(tx).stream()
        .filter(location -> after == null || location.code().compareTo(after) > 0)
        .sorted(Comparator.comparing(Location::code))
        .limit(limit)
        .toList();
  }
}
