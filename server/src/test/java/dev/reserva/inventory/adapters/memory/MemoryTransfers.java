package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.Transfers;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferStatus;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Inventory's transfers. */
public final class MemoryTransfers implements Transfers {

  public static MemoryTable<UUID, Transfer> table(MemoryDatabase database) {
    return database.table("inventory.transfer");
  }

  private static MemoryTable<UUID, Transfer> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public void add(Transfer transfer, UnitOfWork tx) {
    rows(tx).put(transfer.id(), transfer);
  }

  @Override
  public Optional<Transfer> lock(UUID id, UnitOfWork tx) {
    return find(id, tx);
  }

  @Override
  public void end(Transfer transfer, UnitOfWork tx) {
    if (!find(transfer.id(), tx).orElseThrow().isInTransit()) {
      throw new IllegalStateException("transfer %s ends twice".formatted(transfer.id()));
    }
    rows(tx).put(transfer.id(), transfer);
  }

  @Override
  public Optional<Transfer> find(UUID id, UnitOfWork tx) {
    return rows(tx).get(id);
  }

  @Override
  public List<Transfer> list(
      @Nullable TransferStatus status,
      @Nullable UUID productId,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(it -> status == null || it.status() == status)
        .filter(it -> productId == null || it.productId().equals(productId))
        .filter(it -> before == null || it.id().toString().compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing((Transfer it) -> it.id().toString()).reversed())
        .limit(limit)
        .toList();
  }
}
