package dev.reserva.sales.adapters.memory;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.application.Returns;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.Delivery;
import dev.reserva.sales.domain.Return;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sales' returns. */
public final class MemoryReturns implements Returns {

  public static MemoryTable<UUID, Return> table(MemoryDatabase database) {
    return database.table("sales.return");
  }

  private static MemoryTable<UUID, Return> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public void add(Return goods, UnitOfWork tx) {
    if (rows(tx).get(goods.id()).isPresent()) {
      throw new IllegalStateException("there is a return " + goods.id());
    }
    rows(tx).put(goods.id(), goods);
  }

  @Override
  public Map<UUID, Return> lock(Collection<UUID> ids, UnitOfWork tx) {
    var locked = new LinkedHashMap<UUID, Return>();
    for (UUID id : new TreeSet<>(ids)) {
      rows(tx).get(id).ifPresent(row -> locked.put(id, row));
    }
    return locked;
  }

  @Override
  public void save(Collection<Return> returns, UnitOfWork tx) {
    for (Return goods : returns) {
      if (rows(tx).get(goods.id()).isEmpty()) {
        throw new IllegalStateException("there is no return " + goods.id());
      }
      rows(tx).put(goods.id(), goods);
    }
  }

  @Override
  public List<Return> ofOrder(UUID orderId, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(goods -> goods.orderId().equals(orderId))
        .sorted(Comparator.comparing(goods -> goods.id().toString()))
        .toList();
  }

  @Override
  public Optional<Return> find(UUID id, Scope scope, UnitOfWork tx) {
    return rows(tx).get(id).filter(goods -> covers(scope.customerId(), goods));
  }

  public static MemoryTable<UUID, Delivery> deliveries(MemoryDatabase database) {
    return database.table("sales.delivery");
  }

  @Override
  public void arrived(Collection<Delivery> arrived, UnitOfWork tx) {
    MemoryTable<UUID, Delivery> known = deliveries(tx.resource(MemoryDatabase.class));
    for (Delivery delivery : arrived) {
      if (known.get(delivery.shipmentId()).isEmpty()) {
        known.put(delivery.shipmentId(), delivery);
      }
    }
  }

  @Override
  public Map<UUID, Long> arrivedOf(UUID orderId, UnitOfWork tx) {
    Map<UUID, Long> units = new HashMap<>();
    deliveries(tx.resource(MemoryDatabase.class)).values().stream()
        .filter(delivery -> delivery.orderId().equals(orderId))
        .forEach(delivery ->
            delivery
                .units()
                .forEach((product, quantity) -> units.merge(product, (long) quantity, Long::sum)));
    return units;
  }

  @Override
  public List<Return> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(goods -> filter.orderId() == null || filter.orderId().equals(goods.orderId()))
        .filter(goods -> covers(filter.customerId(), goods))
        .filter(goods -> filter.status() == null || filter.status() == goods.status())
        .filter(goods -> before == null || goods.id().toString().compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing((Return goods) -> goods.id().toString()).reversed())
        .limit(limit)
        .toList();
  }

  private static boolean covers(@Nullable UUID customer, Return goods) {
    return customer == null || customer.equals(goods.customerId());
  }
}
