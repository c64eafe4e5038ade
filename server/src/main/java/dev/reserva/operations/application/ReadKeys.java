package dev.reserva.operations.application;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.EventLog.Filter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads what the database of this process knows of partition keys. */
public final class ReadKeys {

  /** An order has some ten events. A key with more counts as one with unhandled events. */
  static final int MOST_EVENTS = 1_000;

  private final Backbone backbone;
  private final EventLog log;
  private final DeadLetters deadLetters;

  public ReadKeys(Backbone backbone, EventLog log, DeadLetters deadLetters) {
    this.backbone = backbone;
    this.log = log;
    this.deadLetters = deadLetters;
  }

  public Map<UUID, KeyEvents> read(Collection<UUID> keys) {
    Traffic traffic = new BackboneTraffic(backbone, log, deadLetters);
    Map<UUID, KeyEvents> read = new HashMap<>();
    keys.forEach(key -> read.put(key, read(key, traffic)));
    return read;
  }

  private KeyEvents read(UUID key, Traffic traffic) {
    List<Entry> all = log.ofKey(key, 0, MOST_EVENTS);
    Map<UUID, String> published = new HashMap<>();
    log.search(new Filter(null, key, null, null, true), 0, MOST_EVENTS).entries().stream()
        .map(Entry::event)
        .forEach(event -> published.put(event.id(), event.type()));
    Set<UUID> imported = new HashSet<>();
    all.stream()
        .map(entry -> entry.event().id())
        .filter(id -> !published.containsKey(id))
        .forEach(imported::add);
    return new KeyEvents(all.size() == MOST_EVENTS || traffic.mayConcern(key), published, imported);
  }
}
