package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.LedgerEntries;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Reads the ledger that {@link MemoryStocks} writes. */
final class MemoryLedgerEntries implements LedgerEntries {

  @Override
  public List<Numbered> of(UUID productId, long before, int limit, UnitOfWork tx) {
    return MemoryStocks.ledger(tx.resource(MemoryDatabase.class)).values().stream()
        .filter(it -> it.number() < before && it.entry().productId().equals(productId))
        .sorted(Comparator.comparingLong(Numbered::number).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public List<Numbered> ofOrder(UUID orderId, int limit, UnitOfWork tx) {
    return MemoryStocks.ledger(tx.resource(MemoryDatabase.class)).values().stream()
        .filter(it -> orderId.equals(it.entry().orderId()))
        .sorted(Comparator.comparingLong(Numbered::number))
        .limit(limit)
        .toList();
  }
}
