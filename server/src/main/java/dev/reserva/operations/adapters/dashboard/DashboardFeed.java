package dev.reserva.operations.adapters.dashboard;

import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.Worker;
import dev.reserva.operations.application.ReadHealth;
import dev.reserva.operations.application.ReadStatistics;
import dev.reserva.operations.application.SystemLog;
import dev.reserva.operations.application.SystemLog.SystemEntry;
import dev.reserva.operations.application.SystemLog.SystemPage;
import dev.reserva.operations.application.SystemPosition;
import dev.reserva.platform.events.CloudEvents;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  private final DashboardSocket socket;
  private final SystemLog log;
  private final ReadStatistics readStatistics;
  private final ReadHealth readHealth;
  private final JsonMapper json;
  private final Clock clock;
  private @Nullable SystemPosition position;
  private long steps;

  public DashboardFeed(
      DashboardSocket socket,
      SystemLog log,
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
      position = null;
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
    SystemPosition end = log.end();
    SystemPosition seen = position == null ? end : position;
    SystemPosition from = SystemLog.newest(seen, end, MAX_EVENTS);
    SystemPage page = log.search(Filter.ANY, from, MAX_EVENTS);
    List<SystemEntry> entries = page.entries();
    SystemPosition read = entries.isEmpty() ? from : entries.getLast().position();
    position = page.next() == null ? read.orLater(end) : page.next();
    if (entries.isEmpty()) {
      return;
    }
    ObjectNode frame = frame("message_flow");
    ObjectNode data = frame.putObject("data");
    data.put("skipped", from.beyond(seen));
    ArrayNode events = data.putArray("events");
    for (SystemEntry entry : entries) {
      events.add(CloudEvents.envelope(entry.event()).put("position", entry.position().toString()));
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
