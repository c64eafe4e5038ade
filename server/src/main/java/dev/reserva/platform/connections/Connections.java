package dev.reserva.platform.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All connections of a connector.
 *
 * <ul>
 *   <li>An address gets a further connection while it then holds at most {@value #SHARE} times as
 *       many as are still free, and at most its limit. So one address leaves at least a quarter of
 *       all places free, two a seventh, and the last place is for an address that holds none.
 *   <li>A connection whose header or body is overdue is cut.
 * </ul>
 */
public final class Connections {

  /** How often overdue connections are looked for. */
  static final Duration PERIOD = Duration.ofMillis(250);

  /** The back end of a large shop is one address, and may need most of the places. */
  static final int SHARE = 3;

  private final ConnectionLimits limits;
  private final Consumer<String> refusals;
  private final Map<SocketChannel, Connection> open = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();
  private final LongAdder cut = new LongAdder();

  // Guarded by this.
  private final Map<String, Set<Connection>> byNetwork = new HashMap<>();

  /**
   * @param refusals gets the network of each refused connection; called for every one of a flood
   */
  Connections(ConnectionLimits limits, Consumer<String> refusals) {
    this.limits = limits;
    this.refusals = refusals;
  }

  /**
   * Whether an accepted connection may stay. It counts until its channel is closed.
   *
   * @param places most connections of all addresses together
   * @param connected how many there are, this one included
   * @param now {@link System#nanoTime}
   */
  synchronized boolean admit(SocketChannel channel, int places, long connected, long now) {
    String network = counted(channel);
    if (network != null && isFull(network, places)) {
      // A flood of refusals closes nothing, and is not worth looking at all connections.
      if (open.size() >= connected) {
        removeClosed();
      }
      if (isFull(network, places)) {
        refused.increment();
        refusals.accept(network);
        return false;
      }
    }
    Connection connection = new Connection(channel, network, now);
    open.put(channel, connection);
    if (network != null) {
      byNetwork.computeIfAbsent(network, key -> new HashSet<>()).add(connection);
    }
    return true;
  }

  private boolean isFull(String network, int places) {
    int held = byNetwork.getOrDefault(network, Set.of()).size();
    int left = places - open.size() - 1;
    return held >= limits.perAddress() || (held > 0 && held + 1 > SHARE * left);
  }

  private @Nullable String counted(SocketChannel channel) {
    try {
      if (channel.getRemoteAddress() instanceof InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        return limits.exempt().test(address) ? null : limits.network().apply(address);
      }
    } catch (IOException e) {
      // The connection has ended meanwhile.
    }
    return null;
  }

  /** The connection of a channel; absent after it was closed. */
  @Nullable Connection of(SocketChannel channel) {
    return open.get(channel);
  }

  /** Cuts what is overdue. */
  void sweep(long now) {
    boolean closed = false;
    for (Connection connection : open.values()) {
      if (!connection.isOpen()) {
        closed = true;
      } else if (connection.isOverdue(now, limits) && connection.cut()) {
        cut.increment();
      }
    }
    if (closed) {
      removeClosed();
    }
  }

  private synchronized void removeClosed() {
    open.values()
        .removeIf(connection -> {
          if (connection.isOpen()) {
            return false;
          }
          String network = connection.network();
          if (network != null) {
            byNetwork.computeIfPresent(
                network,
                (key, same) -> {
                  same.remove(connection);
                  return same.isEmpty() ? null : same;
                });
          }
          return true;
        });
  }

  /** Connections that were closed at once, since the start. */
  public long refused() {
    return refused.sum();
  }

  /** Connections that were cut because their header or body was overdue, since the start. */
  public long cut() {
    return cut.sum();
  }
}
