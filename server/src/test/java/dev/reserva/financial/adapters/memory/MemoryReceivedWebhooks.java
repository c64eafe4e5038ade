package dev.reserva.financial.adapters.memory;

import dev.reserva.financial.application.ReceivedWebhooks;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.time.Instant;

/** Webhooks that took effect; what is to be forgotten counts as new. */
public final class MemoryReceivedWebhooks implements ReceivedWebhooks {

  @Override
  public boolean remember(String id, Instant receivedAt, Instant forgetBefore, UnitOfWork tx) {
    MemoryTable<String, Instant> rows =
        tx.resource(MemoryDatabase.class).table("financial.webhook");
    boolean isNew = rows.get(id).filter(received -> !received.isBefore(forgetBefore)).isEmpty();
    if (isNew) {
      rows.put(id, receivedAt);
    }
    return isNew;
  }
}
