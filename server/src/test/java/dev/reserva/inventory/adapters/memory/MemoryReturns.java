package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.Returns;
import dev.reserva.inventory.domain.Return;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The goods that have come back. */
public final class MemoryReturns implements Returns {

  public static MemoryTable<UUID, Return> table(MemoryDatabase database) {
    return database.table("inventory.return");
  }

  private static MemoryTable<UUID, Return> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public List<Return> ofOrders(Collection<UUID> orderIds, UnitOfWork tx) {
    return rows(tx).values().stream().filter(goods -> orderIds.contains(goods.orderId())).toList();
  }

  @Override
  public void add(List<Return> returns, Instant at, UnitOfWork tx) {
    for (Return goods : returns) {
      if (rows(tx).get(goods.id()).isPresent()) {
        throw new IllegalStateException("return %s is taken back twice".formatted(goods.id()));
      }
      rows(tx).put(goods.id(), goods);
    }
  }
}
