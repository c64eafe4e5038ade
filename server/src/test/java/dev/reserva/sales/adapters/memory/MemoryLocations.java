package dev.reserva.sales.adapters.memory;

import dev.reserva.contracts.Locations;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.util.Collection;

/** The locations that sales knows. */
public final class MemoryLocations implements dev.reserva.sales.application.Locations {

  private static MemoryTable<String, String> rows(UnitOfWork tx) {
    return tx.resource(MemoryDatabase.class).table("sales.location");
  }

  @Override
  public void add(Collection<String> codes, UnitOfWork tx) {
    codes.forEach(code -> rows(tx).put(code, code));
  }

  @Override
  public boolean exists(String code, UnitOfWork tx) {
    return code.equals(Locations.MAIN) || rows(tx).get(code).isPresent();
  }
}
