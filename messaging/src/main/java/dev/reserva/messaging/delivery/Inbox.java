package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a database has received from a broker. A broker may deliver a message again; the inbox tells
 * which events are new. Rows are deleted when they are past retention.
 */
public interface Inbox {

  /**
   * Records events in the transaction that imports them.
   *
   * @return the ids that were not recorded before
   */
  Set<UUID> record(UnitOfWork tx, Collection<UUID> eventIds);

  /**
   * Records messages that cannot be read as an event, or that the broker has given up; each once,
   * if it arrives again.
   */
  void recordUnreadable(UnitOfWork tx, String queue, List<Unreadable> messages);

  /**
   * @param body the whole body
   * @param reason why it is not imported
   */
  record Unreadable(Bytes body, Map<String, String> headers, String reason) {}
}
