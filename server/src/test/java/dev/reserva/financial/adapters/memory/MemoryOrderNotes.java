package dev.reserva.financial.adapters.memory;

import dev.reserva.financial.application.OrderNotes;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Financial's notes of orders without a payment. */
public final class MemoryOrderNotes implements OrderNotes {

  private static MemoryTable<UUID, Note> rows(UnitOfWork tx) {
    return tx.resource(MemoryDatabase.class).table("financial.order_note");
  }

  @Override
  public Supplier<Map<UUID, Note>> lock(Collection<UUID> orderIds, UnitOfWork tx) {
    var found = new LinkedHashMap<UUID, Note>();
    for (UUID orderId : new TreeSet<>(orderIds)) {
      rows(tx).get(orderId).ifPresent(note -> found.put(orderId, note));
    }
    return () -> found;
  }

  @Override
  public Optional<Note> find(UUID orderId, UnitOfWork tx) {
    return rows(tx).get(orderId);
  }

  @Override
  public void put(Collection<Note> notes, UnitOfWork tx) {
    notes.forEach(note -> rows(tx).put(note.orderId(), note));
  }

  @Override
  public void remove(UUID orderId, UnitOfWork tx) {
    rows(tx).remove(orderId);
  }
}
