package dev.reserva.platform.connections;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a client, and what the server waits for on it. The thread that serves the
 * connection writes; the guard's thread reads.
 */
final class Connection {

  private enum Kind {
    HEADER,
    BODY
  }

  /** An incomplete header or body. */
  private static final class Wait {
    private final Kind kind;
    private final long since;

    private final AtomicLong bytes = new AtomicLong();

    Wait(Kind kind, long since) {
      this.kind = kind;
      this.since = since;
    }
  }

  private final SocketChannel channel;
  private final @Nullable String network;
  private volatile @Nullable Wait wait;
  private volatile boolean cut;

  /**
   * A new connection, on which the server waits for a header.
   *
   * @param network under which it is counted; absent if it is not
   * @param now {@link System#nanoTime}
   */
  Connection(SocketChannel channel, @Nullable String network, long now) {
    this.channel = channel;
    this.network = network;
    this.wait = new Wait(Kind.HEADER, now);
  }

  @Nullable String network() {
    return network;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /**
   * Does not restart the time of a header that is awaited already.
   *
   * @param since when its first byte arrived
   */
  void awaitHeader(long since) {
    Wait current = wait;
    if (current == null || current.kind != Kind.HEADER) {
      wait = new Wait(Kind.HEADER, since);
    }
  }

  /** Does not restart the time of a body that is awaited already. */
  void awaitBody(long now) {
    Wait current = wait;
    if (current == null || current.kind != Kind.BODY) {
      wait = new Wait(Kind.BODY, now);
    }
  }

  void received(int bytes) {
    Wait current = wait;
    if (current != null && bytes > 0) {
      current.bytes.addAndGet(bytes);
    }
  }

  /** The client owes nothing: it may be idle, and the server may take its time to answer. */
  void awaitNothing() {
    if (wait != null) {
      wait = null;
    }
  }

  boolean isOverdue(long now, ConnectionLimits limits) {
    Wait current = wait;
    if (current == null) {
      return false;
    }
    long elapsed = now - current.since;
    return switch (current.kind) {
      case HEADER -> elapsed > limits.headerTimeout().toNanos();
      case BODY ->
          elapsed > limits.bodyTimeout().toNanos()
              || (elapsed > ConnectionLimits.GRACE.toNanos()
                  && current.bytes.get() < limits.minBodyBytesPerSecond() * (elapsed / 1e9));
    };
  }

  /**
   * Ends the reading: whoever waits for more finds the end of the stream, may still answer, and
   * closes the connection. Closing the channel here would leave Tomcat's books wrong.
   *
   * @return whether it was not cut before
   */
  boolean cut() {
    if (cut) {
      return false;
    }
    cut = true;
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      // The connection has ended meanwhile.
    }
    return true;
  }

  boolean isCut() {
    return cut;
  }
}
