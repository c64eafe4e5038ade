package dev.reserva.gateway;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * One client of the live feed and its connection to an instance. What one side sends is written to
 * the other before more is read, in pieces of a container's buffer. So a slow client holds up its
 * instance, which drops it, and nothing piles up here.
 */
final class SocketRelay extends Endpoint implements WebSocketHandler, SubProtocolCapable {

  private static final Logger LOG = LoggerFactory.getLogger(SocketRelay.class);

  /** Limit of one write; after it the connection is closed. */
  private static final long SEND_TIMEOUT_MILLIS = 5_000;

  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

  /** How long one side may take to answer the close. */
  private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

  private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

  private final long idleMillis;
  private final Runnable ended;
  private final CompletableFuture<WebSocketSession> client = new CompletableFuture<>();
  private final CompletableFuture<Session> instance = new CompletableFuture<>();

  /** How it was closed; null while it is open. */
  private final AtomicReference<@Nullable CloseStatus> closed = new AtomicReference<>();

  /**
   * @param idleMillis a side that is silent for longer is closed
   * @param ended called once
   */
  SocketRelay(long idleMillis, Runnable ended) {
    this.idleMillis = idleMillis;
    this.ended = ended;
  }

  // The side of the instance.

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    limit(session);
    suspend(session); // until the client's handshake is answered
    instance.complete(session);
    session.addMessageHandler(
        new MessageHandler.Partial<String>() {
          @Override
          public void onMessage(String piece, boolean last) {
            toClient(new TextMessage(piece, last));
          }
        });
    session.addMessageHandler(
        new MessageHandler.Partial<ByteBuffer>() {
          @Override
          public void onMessage(ByteBuffer piece, boolean last) {
            toClient(new BinaryMessage(piece, last));
          }
        });
  }

  private void toClient(WebSocketMessage<?> message) {
    WebSocketSession to = client.getNow(null);
    if (to == null || closed.get() != null) {
      return;
    }
    try {
      to.sendMessage(message);
    } catch (IOException | IllegalStateException e) { // it has disconnected, or is too slow
      LOG.info("client of the live feed dropped: cause={}", e.toString());
      close(CloseStatus.SESSION_NOT_RELIABLE);
    }
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    close(new CloseStatus(sendable(reason.getCloseCode().getCode()), reason.getReasonPhrase()));
  }

  @Override
  public void onError(Session session, Throwable failure) {
    LOG.debug("live feed broke at the instance", failure);
    close(CloseStatus.SERVICE_RESTARTED);
  }

  // The side of the client.

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    if (session instanceof NativeWebSocketSession container
        && container.getNativeSession() instanceof Session tomcat) {
      limit(tomcat);
    }
    client.complete(session);
    CloseStatus meanwhile = closed.get();
    if (meanwhile != null) {
      closeQuietly(session, meanwhile);
    } else if (instance.getNow(null) instanceof WsSession reading) {
      reading.resume();
    }
  }

  @Override
  public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
    Session to = instance.getNow(null);
    if (to == null) {
      return;
    }
    try {
      switch (message) {
        case TextMessage text -> to.getBasicRemote().sendText(text.getPayload(), text.isLast());
        case BinaryMessage binary ->
            to.getBasicRemote().sendBinary(binary.getPayload(), binary.isLast());
        default -> {} // a pong: each connection has its own
      }
    } catch (IOException | IllegalStateException e) { // the instance is gone
      close(CloseStatus.SERVICE_RESTARTED);
    }
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable failure) {
    LOG.debug("live feed broke at the client", failure);
    close(CloseStatus.GOING_AWAY);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    close(new CloseStatus(sendable(status.getCode()), status.getReason()));
  }

  @Override
  public boolean supportsPartialMessages() {
    return true;
  }

  /** What the instance has chosen of the client's protocols. */
  @Override
  public List<String> getSubProtocols() {
    Session session = instance.getNow(null);
    String chosen = session == null ? "" : session.getNegotiatedSubprotocol();
    return chosen == null || chosen.isEmpty() ? List.of() : List.of(chosen);
  }

  // Both.

  private void limit(Session session) {
    session.getUserProperties().put(SEND_TIMEOUT, SEND_TIMEOUT_MILLIS);
    session.getUserProperties().put(CLOSE_TIMEOUT, CLOSE_TIMEOUT_MILLIS);
    session.setMaxIdleTimeout(idleMillis);
  }

  /** Reads no more. What is sent stays with the sender, whose writes block in the end. */
  private static void suspend(Session session) {
    if (session instanceof WsSession reading) {
      reading.suspend();
    }
  }

  /** A code that may be in a close frame, for one that only tells what happened (RFC 6455, 7.4). */
  static int sendable(int code) {
    return switch (code) {
      case 1005 -> 1000; // closed without a code
      case 1006, 1015 -> 1001; // the connection broke
      default -> code;
    };
  }

  /** Closes both sides with the same code. */
  void close(CloseStatus status) {
    if (!closed.compareAndSet(null, status)) {
      return;
    }
    ended.run();
    Session session = instance.getNow(null);
    if (session != null && session.isOpen()) {
      try {
        session.close(
            new CloseReason(
                CloseReason.CloseCodes.getCloseCode(status.getCode()), status.getReason()));
      } catch (IOException | IllegalStateException | IllegalArgumentException e) {
        LOG.debug("live feed already closed at the instance", e);
      }
    }
    closeQuietly(client.getNow(null), status); // last: a slow client takes its time
  }

  private static void closeQuietly(@Nullable WebSocketSession session, CloseStatus status) {
    if (session == null) {
      return;
    }
    try {
      session.close(status);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("client of the live feed already gone", e);
    }
  }
}
