package dev.reserva.torture.stage;

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
 * A network on which things go wrong: forwards TCP connections on this machine to a target, and can
 * cut them, swallow what they carry, or delay it.
 */
public final class TcpProxy implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final int BACKLOG = 256;

  private final ServerSocket entrance;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition goOn = lock.newCondition();
  private final AtomicLong hurt = new AtomicLong();
  private volatile int target;
  private volatile boolean refusing;
  private volatile boolean holding;
  private volatile boolean muteAnswers;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean closed;

  /**
   * @param target port on 127.0.0.1
   */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    this.entrance = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().name("proxy-entrance").start(this::accept);
  }

  public int port() {
    return entrance.getLocalPort();
  }

  /** New connections go there from now on. */
  public void target(int port) {
    target = port;
  }

  /** How many connections were cut, or carried bytes that were swallowed, held up or delayed. */
  public long hurt() {
    return hurt.get();
  }

  /** Ends all connections now. */
  public void cut() {
    for (Link link : links) {
      hurt.incrementAndGet();
      link.close();
    }
  }

  /** While refusing, each new connection ends at once. */
  public void refuse(boolean on) {
    refusing = on;
  }

  /**
   * While holding, no byte passes on any connection, and none is lost: a network that stands still.
   */
  public void hold(boolean on) {
    lock.lock();
    try {
      holding = on;
      if (on) {
        hurt.addAndGet(links.size());
      }
      goOn.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The connections that there are stay open for ever, and nothing passes on them any more, as when
   * a firewall between has forgotten them; new ones work.
   */
  public void forget() {
    for (Link link : links) {
      if (!link.forgotten) {
        hurt.incrementAndGet();
        link.forgotten = true;
      }
    }
  }

  /** While on, requests arrive and their answers do not. */
  public void muteAnswers(boolean on) {
    muteAnswers = on;
  }

  /** Each piece of data takes so much longer, in each direction. */
  public void delay(Duration pause) {
    delay = pause;
    if (pause.isPositive()) {
      hurt.addAndGet(links.size());
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    hold(false);
    entrance.close();
    links.forEach(Link::close);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket near = entrance.accept();
        if (refusing) {
          near.close();
        } else {
          Thread.ofVirtual().name("proxy-link").start(() -> connect(near));
        }
      } catch (IOException e) {
        if (!closed) {
          System.err.println("the proxy accepts no more: " + e);
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
      // Nobody is there; to the caller that is a connection that ends.
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
      // It is of no use any more either way.
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
          if (answers && muteAnswers) {
            hurt.incrementAndGet();
          } else if (!forgotten) {
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException e) {
        // Cut by one side or by us; the other side learns of it below.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      // A forgotten connection does not even tell that its other end has gone.
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
          goOn.await();
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
