package dev.reserva.operations.application;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What one database knows of a partition key.
 *
 * @param unhandled whether a subscription, or the relay to a broker, may still have an event of the
 *     key to handle
 * @param published the types of the events that this database has published, by their ids
 * @param imported the ids of the events that it has from others
 */
public record KeyEvents(boolean unhandled, Map<UUID, String> published, Set<UUID> imported) {
  public KeyEvents {
    published = Map.copyOf(published);
    imported = Set.copyOf(imported);
  }

  boolean has(UUID event) {
    return published.containsKey(event) || imported.contains(event);
  }
}
