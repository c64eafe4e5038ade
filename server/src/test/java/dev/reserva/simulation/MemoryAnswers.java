package dev.reserva.simulation;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.util.Optional;
import java.util.UUID;

/** The orders that requests with an idempotency key were answered with. */
final class MemoryAnswers {

  private static MemoryTable<UUID, UUID> rows(UnitOfWork tx) {
    return tx.resource(MemoryDatabase.class).table("platform.idempotency");
  }

  Optional<UUID> find(UUID requestKey, UnitOfWork tx) {
    return rows(tx).get(requestKey);
  }

  /**
   * @throws IllegalStateException when the key has been answered before
   */
  void remember(UUID requestKey, UUID orderId, UnitOfWork tx) {
    if (rows(tx).get(requestKey).isPresent()) {
      throw new IllegalStateException("answered before: " + requestKey);
    }
    rows(tx).put(requestKey, orderId);
  }
}
