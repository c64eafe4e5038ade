package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Customers in a map. */
public final class InMemoryCustomers implements Customers {

  private final Map<UUID, Boolean> customers = new HashMap<>();

  @Override
  public Supplier<Map<UUID, Boolean>> active(Collection<UUID> ids, UnitOfWork tx) {
    var active = new HashMap<>(customers);
    active.keySet().retainAll(ids);
    return () -> active;
  }

  @Override
  public void add(Collection<UUID> ids, UnitOfWork tx) {
    ids.forEach(id -> customers.putIfAbsent(id, true));
  }

  @Override
  public void deactivate(Collection<UUID> ids, UnitOfWork tx) {
    ids.forEach(id -> customers.put(id, false));
  }
}
