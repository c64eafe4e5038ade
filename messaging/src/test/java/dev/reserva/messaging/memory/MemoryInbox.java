package dev.reserva.messaging.memory;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.messaging.delivery.Inbox;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The inbox in a {@link MemoryDatabase}. It has no retention. */
public final class MemoryInbox implements Inbox {

  private final MemoryTable<UUID, Boolean> imported;
  private final MemoryTable<UUID, UnreadableMessages.Unreadable> unreadable;
  private final Ids ids;
  private final Clock clock;

  public MemoryInbox(MemoryDatabase database, Ids ids, Clock clock) {
    this.imported = database.table("imported");
    this.unreadable = database.table("unreadable");
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Set<UUID> record(UnitOfWork tx, Collection<UUID> eventIds) {
    Set<UUID> fresh = new HashSet<>();
    for (UUID id : eventIds) {
      if (imported.get(id).isEmpty()) {
        imported.put(id, true);
        fresh.add(id);
      }
    }
    return fresh;
  }

  @Override
  public void recordUnreadable(UnitOfWork tx, String queue, List<Inbox.Unreadable> messages) {
    for (Inbox.Unreadable message : messages) {
      boolean known =
          unreadable.values().stream()
              .anyMatch(row -> row.queue().equals(queue) && row.body().equals(message.body()));
      if (!known) {
        UUID id = ids.next();
        unreadable.put(
            id,
            new UnreadableMessages.Unreadable(
                id,
                queue,
                clock.instant(),
                message.body().first(UnreadableMessages.MAX_BODY),
                message.body().length(),
                message.headers().toString(),
                message.reason()));
      }
    }
  }

  /** Unreadable messages, newest first. */
  public List<UnreadableMessages.Unreadable> list(@Nullable UUID before, int limit) {
    return unreadable.values().reversed().stream()
        .filter(row -> before == null || row.id().compareTo(before) < 0)
        .limit(limit)
        .toList();
  }
}
