package dev.reserva.operations.adapters.dashboard;

import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.EventLog.Found;
import dev.reserva.messaging.Worker;
import dev.reserva.operations.application.ReadHealth;
import dev.reserva.operations.application.ReadStatistics;
import dev.reserva.platform.events.CloudEvents;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the frames of the live feed: the envelopes of new events ({@code message_flow}), and at
 * longer intervals {@code stats_update} and {@code system_health}. Without clients it does nothing.
 */
public final class DashboardFeed implements Worker.Step {

  /** Most events in a frame. The frame says how many were left out. */
  private static final int MAX_EVENTS = 200;

  private static final int STATISTICS_EVERY = 2;
  private static final int HEALTH_EVERY = 5;
  private static final long UNKNOWN = -1;

  private final DashboardSocket socket;
  private final EventLog log;
  private final ReadStatistics readStatistics;
  private final ReadHealth readHealth;
  private final JsonMapper json;
  private final Clock clock;
  private long position = UNKNOWN;
  private long steps;

  public DashboardFeed(
      DashboardSocket socket,
      EventLog log,
      ReadStatistics readStatistics,
      ReadHealth readHealth,
      JsonMapper json,
      Clock clock) {
    this.socket = socket;
    this.log = log;
    this.readStatistics = readStatistics;
    this.readHealth = readHealth;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public boolean run() {
    List<DashboardClient> clients = socket.clients();
    if (clients.isEmpty()) {
      position = UNKNOWN;
      return false;
    }
    long step = steps++;
    // Not anyMatch: it would stop at the first new client.
    boolean newClients = clients.stream().filter(DashboardClient::isNew).count() > 0;
    // Health first: unlike the others, it answers without the database.
    if (newClients || step % HEALTH_EVERY == 0) {
      send(clients, frame("system_health").set("data", json.valueToTree(readHealth.read())));
    }
    sendFlow(clients);
    if (newClients || step % STATISTICS_EVERY == 0) {
      send(clients, frame("stats_update").set("data", json.valueToTree(readStatistics.read())));
    }
    return false;
  }

  private void sendFlow(List<DashboardClient> clients) {
    long end = log.end();
    if (position == UNKNOWN) {
      position = end;
    }
    long skipped = Math.max(0, end - position - MAX_EVENTS);
    Found found = log.search(Filter.ANY, position + skipped, MAX_EVENTS);
    position = Math.max(position + skipped, end);
    List<Entry> entries = found.entries();
    if (entries.isEmpty()) {
      return;
    }
    position = Math.max(position, entries.getLast().position());
    ObjectNode frame = frame("message_flow");
    ObjectNode data = frame.putObject("data");
    data.put("skipped", skipped);
    ArrayNode events = data.putArray("events");
    for (Entry entry : entries) {
      events.add(
          CloudEvents.envelope(entry.event()).put("position", Long.toString(entry.position())));
    }
    send(clients, frame);
  }

  private ObjectNode frame(String type) {
    return json.createObjectNode().put("type", type).put("at", clock.instant().toString());
  }

  private static void send(List<DashboardClient> clients, Object frame) {
    String text = frame.toString();
    clients.forEach(client -> client.offer(text));
  }
}
