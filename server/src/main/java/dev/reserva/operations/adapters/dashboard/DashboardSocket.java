package dev.reserva.operations.adapters.dashboard;

import dev.reserva.operations.adapters.dashboard.TokenAuthenticator.Admission;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /ws/dashboard}: a client authenticates with its first frame, {@code
 * {"type":"authenticate","token":"…"}}. Later frames of the client are ignored.
 *
 * <p>Only authenticated clients take a place. The others are few for each address, and only for
 * seconds ({@link DashboardClient#TIME_TO_AUTHENTICATE}), so they cannot keep anybody out.
 */
public final class DashboardSocket extends TextWebSocketHandler {

  /** Time-out of one write; after it, the client is dropped. */
  private static final long SEND_TIMEOUT_MILLIS = 5_000;

  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

  /** How long a client may take to answer the server's close. */
  private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

  private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

  /** A browser has one for each of its tabs. */
  static final int MAX_UNAUTHENTICATED_PER_ADDRESS = 5;

  private static final CloseStatus FULL = new CloseStatus(1013, "too many clients");
  private static final CloseStatus TOO_MANY_UNAUTHENTICATED =
      new CloseStatus(1013, "too many clients of this address have not authenticated");
  private static final String AUTHENTICATED = "{\"type\":\"authenticated\"}";

  private final Map<String, DashboardClient> clients = new ConcurrentHashMap<>();
  private final TokenAuthenticator authenticator;
  private final int maxClients;
  private final Consumer<String> refusals;

  /**
   * @param refusals gets the network of each client whose token is refused
   */
  public DashboardSocket(
      TokenAuthenticator authenticator, int maxClients, Consumer<String> refusals) {
    this.authenticator = authenticator;
    this.maxClients = maxClients;
    this.refusals = refusals;
  }

  /** The authenticated clients. */
  List<DashboardClient> clients() {
    return clients.values().stream().filter(DashboardClient::isAdmitted).toList();
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) throws Exception {
    if (session instanceof NativeWebSocketSession container
        && container.getNativeSession() instanceof Session tomcat) {
      tomcat.getUserProperties().put(SEND_TIMEOUT, SEND_TIMEOUT_MILLIS);
      tomcat.getUserProperties().put(CLOSE_TIMEOUT, CLOSE_TIMEOUT_MILLIS);
    }
    DashboardClient client = new DashboardClient(session, DashboardHandshake.networkOf(session));
    if (!mayAuthenticate(session.getId(), client)) {
      client.close(TOO_MANY_UNAUTHENTICATED);
      return;
    }
    Thread.ofVirtual().name("dashboard-" + session.getId()).start(client::run);
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) {
    DashboardClient client = clients.get(session.getId());
    if (client == null || client.isAdmitted()) {
      return;
    }
    Optional<Admission> admission = token(message.getPayload()).flatMap(authenticator::admit);
    if (admission.isEmpty()) {
      refusals.accept(client.network());
      client.close(DashboardClient.UNAUTHENTICATED);
      return;
    }
    if (!takesPlace(client, admission.get())) {
      client.close(FULL);
    }
  }

  private synchronized boolean mayAuthenticate(String id, DashboardClient client) {
    if (unauthenticated(client.network()) >= MAX_UNAUTHENTICATED_PER_ADDRESS) {
      return false;
    }
    clients.put(id, client);
    return true;
  }

  private synchronized boolean takesPlace(DashboardClient client, Admission admission) {
    if (clients().size() >= maxClients) {
      return false;
    }
    client.offer(AUTHENTICATED);
    client.admit(admission);
    return true;
  }

  private long unauthenticated(String network) {
    return clients.values().stream()
        .filter(client -> client.network().equals(network) && !client.isAdmitted())
        .count();
  }

  private static Optional<String> token(String frame) {
    try {
      JsonNode json = JsonMapper.shared().readTree(frame);
      return json.path("type").asString("").equals("authenticate") && json.path("token").isString()
          ? Optional.of(json.path("token").stringValue())
          : Optional.empty();
    } catch (JacksonException e) { // not JSON
      return Optional.empty();
    }
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    DashboardClient client = clients.remove(session.getId());
    if (client != null) {
      client.close(status);
    }
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable exception) {
    DashboardClient client = clients.remove(session.getId());
    if (client != null) {
      client.close(CloseStatus.SERVER_ERROR);
    }
  }
}
