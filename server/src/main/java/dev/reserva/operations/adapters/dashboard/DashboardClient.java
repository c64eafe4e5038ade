package dev.reserva.operations.adapters.dashboard;

import dev.reserva.operations.adapters.dashboard.TokenAuthenticator.Admission;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One client of the live feed. It has a short queue of frames and a virtual thread that sends them,
 * so that a slow client does not delay others. A client that does not take its frames in time, or
 * does not authenticate, is dropped.
 */
final class DashboardClient {

  /** Frames of some ten seconds. A client that is further behind is dropped. */
  static final int MAX_FRAMES = 32;

  static final Duration TIME_TO_AUTHENTICATE = Duration.ofSeconds(5);

  static final CloseStatus UNAUTHENTICATED = new CloseStatus(4401, "authenticate first");
  static final CloseStatus NO_LONGER_VALID = new CloseStatus(4401, "token expired or revoked");
  static final CloseStatus TOO_SLOW = new CloseStatus(4408, "too slow");

  private static final Logger LOG = LoggerFactory.getLogger(DashboardClient.class);

  private final WebSocketSession session;
  private final String network;
  private final CompletableFuture<Admission> admission = new CompletableFuture<>();
  private final BlockingQueue<String> frames = new ArrayBlockingQueue<>(MAX_FRAMES);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean seen;

  /**
   * @param network where it comes from, {@code ClientAddress.network}
   */
  DashboardClient(WebSocketSession session, String network) {
    this.session = session;
    this.network = network;
  }

  String network() {
    return network;
  }

  /** Runs until the session ends. */
  void run() {
    Admission admitted = awaitAdmission();
    if (admitted == null) {
      close(UNAUTHENTICATED);
      return;
    }
    try {
      while (!closed.get() && session.isOpen()) {
        String frame = frames.poll(1, TimeUnit.SECONDS);
        if (!admitted.isValid().getAsBoolean()) {
          close(NO_LONGER_VALID);
        } else if (frame != null) {
          session.sendMessage(new TextMessage(frame));
        }
      }
    } catch (IOException | IllegalStateException e) { // the client closed the connection
      close(CloseStatus.SESSION_NOT_RELIABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Admission awaitAdmission() {
    try {
      return admission.get(TIME_TO_AUTHENTICATE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  void admit(Admission admitted) {
    admission.complete(admitted);
  }

  boolean isAdmitted() {
    return admission.isDone() && !closed.get();
  }

  /** Returns true at the first call only. */
  boolean isNew() {
    boolean first = !seen;
    seen = true;
    return first;
  }

  /** Queues a frame, or drops the client when its queue is full. */
  void offer(String frame) {
    if (!frames.offer(frame)) {
      LOG.info("dashboard client dropped: session={} reason=too-slow", session.getId());
      // Closing waits for the current write. The feed must not wait.
      Thread.ofVirtual().name("dashboard-drop").start(() -> close(TOO_SLOW));
    }
  }

  void close(CloseStatus status) {
    if (closed.compareAndSet(false, true)) {
      try {
        session.close(status);
      } catch (IOException e) {
        LOG.debug("dashboard client already gone: session={}", session.getId());
      }
    }
  }
}
