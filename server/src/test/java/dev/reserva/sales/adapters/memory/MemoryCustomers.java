package dev.reserva.sales.adapters.memory;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.application.Customers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Who may order, as sales knows it. Transactions run one after the other, so nothing is locked. */
public final class MemoryCustomers implements Customers {

  private record Known(boolean active, boolean verified) {}

  private static MemoryTable<UUID, Known> rows(UnitOfWork tx) {
    return tx.resource(MemoryDatabase.class).table("sales.customer");
  }

  private static Known known(UUID id, UnitOfWork tx) {
    return rows(tx).get(id).orElse(new Known(true, false));
  }

  @Override
  public Supplier<Map<UUID, Boolean>> active(Collection<UUID> ids, UnitOfWork tx) {
    return found(ids, Known::active, tx);
  }

  @Override
  public Supplier<Map<UUID, Boolean>> lock(Collection<UUID> ids, UnitOfWork tx) {
    return found(ids, Known::verified, tx);
  }

  private static Supplier<Map<UUID, Boolean>> found(
      Collection<UUID> ids, Predicate<Known> what, UnitOfWork tx) {
    var found = new LinkedHashMap<UUID, Boolean>();
    for (UUID id : ids) {
      rows(tx).get(id).ifPresent(customer -> found.put(id, what.test(customer)));
    }
    return () -> found;
  }

  @Override
  public void add(Collection<UUID> ids, UnitOfWork tx) {
    ids.forEach(id -> rows(tx).put(id, known(id, tx)));
  }

  @Override
  public void verify(Collection<UUID> ids, UnitOfWork tx) {
    ids.forEach(id -> rows(tx).put(id, new Known(known(id, tx).active(), true)));
  }

  @Override
  public void deactivate(Collection<UUID> ids, UnitOfWork tx) {
    ids.forEach(id -> rows(tx).put(id, new Known(false, known(id, tx).verified())));
  }

  @Override
  public void reactivate(Collection<UUID> ids, UnitOfWork tx) {
    ids.forEach(id -> rows(tx).put(id, new Known(true, known(id, tx).verified())));
  }

  private static MemoryTable<UUID, Erasure> erasures(UnitOfWork tx) {
    return tx.resource(MemoryDatabase.class).table("sales.erasure");
  }

  /** A seal that everybody can read. */
  @Override
  public Map<UUID, AddressSeal> seals(Collection<UUID> ids, UnitOfWork tx) {
    var seals = new LinkedHashMap<UUID, AddressSeal>();
    ids.forEach(id -> seals.put(id, address -> address));
    return seals;
  }

  @Override
  public AddressOpener opener(UUID id, UnitOfWork tx) {
    return sealed -> sealed;
  }

  @Override
  public void requestErasure(Collection<Erasure> erasures, UnitOfWork tx) {
    for (Erasure erasure : erasures) {
      if (erasures(tx).get(erasure.customerId()).isEmpty()) {
        erasures(tx).put(erasure.customerId(), erasure);
      }
    }
  }

  /** None: this table does not know the orders. */
  @Override
  public List<Erasure> takeErasable(int limit, UnitOfWork tx) {
    return List.of();
  }

  @Override
  public void erase(Collection<UUID> ids, UnitOfWork tx) {}
}
