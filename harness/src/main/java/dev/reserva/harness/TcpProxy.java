package dev.reserva.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Simulates a faulty network: forwards TCP connections on this machine to a target, and can cut
 * them, or drop, hold and delay their data.
 */
public final class TcpProxy implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final int BACKLOG = 256;

  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final AtomicLong affected = new AtomicLong();
  private volatile int target;
  private volatile boolean refusing;
  private volatile boolean holding;
  private volatile boolean dropAnswers;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean closed;

  /**
   * @param target port on 127.0.0.1
   */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().name("proxy-listener").start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Forwards new connections to another port. */
  public void target(int port) {
    target = port;
  }

  /** How many connections were cut, or had data dropped, held or delayed. */
  public long affected() {
    return affected.get();
  }

  /** Closes all connections. */
  public void cut() {
    for (Link link : links) {
      affected.incrementAndGet();
      link.close();
    }
  }

  /** While on, each new connection is closed at once. */
  public void refuse(boolean on) {
    refusing = on;
  }

  /** While on, no byte passes on any connection, and none is lost. */
  public void hold(boolean on) {
    lock.lock();
    try {
      holding = on;
      if (on) {
        affected.addAndGet(links.size());
      }
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes all connections half open: they stay open, but drop all data, as when a firewall has
   * forgotten them. New ones work.
   */
  public void forget() {
    for (Link link : links) {
      if (!link.forgotten) {
        affected.incrementAndGet();
        link.forgotten = true;
      }
    }
  }

  /** While on, answers are dropped. Requests still arrive. */
  public void dropAnswers(boolean on) {
    dropAnswers = on;
  }

  /** Delays each piece of data in both directions. */
  public void delay(Duration pause) {
    delay = pause;
    if (pause.isPositive()) {
      affected.addAndGet(links.size());
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    hold(false);
    listener.close();
    links.forEach(Link::close);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket near = listener.accept();
        if (refusing) {
          near.close();
        } else {
          Thread.ofVirtual().name("proxy-link").start(() -> connect(near));
        }
      } catch (IOException e) {
        if (!closed) {
          System.err.println("the proxy accepts no more connections: " + e);
        }
        return;
      }
    }
  }

  private void connect(Socket near) {
    Socket far = new Socket();
    try {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      far.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), target),
          (int) CONNECT_LIMIT.toMillis());
    } catch (IOException e) {
      // The target does not listen. The caller sees a connection that closes.
      closeQuietly(near);
      closeQuietly(far);
      return;
    }
    Link link = new Link(near, far);
    links.add(link);
    Thread.ofVirtual().name("proxy-up").start(() -> link.pump(near, far, false));
    Thread.ofVirtual().name("proxy-down").start(() -> link.pump(far, near, true));
    if (refusing || closed) {
      link.close();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is not used again.
    }
  }

  private final class Link {
    private final Socket near;
    private final Socket far;
    private volatile boolean forgotten;

    Link(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void pump(Socket from, Socket to, boolean answers) {
      byte[] buffer = new byte[32 << 10];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          Duration pause = delay;
          if (pause.isPositive()) {
            Thread.sleep(pause);
          }
          awaitRelease();
          if (answers && dropAnswers) {
            affected.incrementAndGet();
          } else if (!forgotten) {
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException e) {
        // One side or the proxy closed the connection. The other side is closed below.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      // A half-open connection does not pass on that its other end has closed.
      if (!forgotten) {
        close();
      }
    }

    private void awaitRelease() throws InterruptedException {
      if (!holding) {
        return;
      }
      lock.lock();
      try {
        while (holding) {
          released.await();
        }
      } finally {
        lock.unlock();
      }
    }

    void close() {
      links.remove(this);
      closeQuietly(near);
      closeQuietly(far);
    }
  }
}
