package dev.reserva.messaging.store;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the log in memory, shared by all readers of this process: an event is read and decoded
 * once, however many subscriptions hear it, and what this process itself appends is not read at
 * all.
 *
 * <p>Since positions have no gaps, the tail knows whether it is complete: a hole is filled from the
 * database (another process appended), or closed a moment later (two commits of this process were
 * reported in the wrong order). Readers that are further behind than the tail reaches read from the
 * database.
 *
 * <p>Appends of other processes are announced by NOTIFY with the new end; when all is quiet, the
 * head is also looked up once a second, in case an announcement is lost.
 */
public final class LogTail implements AutoCloseable {

  static final String CHANNEL = "reserva_log";

  /**
   * Events kept, a power of two: what subscriptions fall behind by under load, some 1,500 orders'
   * events.
   */
  private static final int MAX_EVENTS = 16_384;

  /** Characters of payload kept: orders of 2,000 lines must not fill the heap. */
  private static final long MAX_CHARS = 16L << 20;

  /** Most that one read takes from the database. */
  private static final int READ_EVENTS = 2_000;

  private static final long READ_CHARS = 8L << 20;
  private static final int LOOK_UP_MILLIS = 1_000;

  /** More transactions than that are not under way at a time. */
  private static final int MAX_EARLY = 64;

  /**
   * How long a report is waited for that others have overtaken. It follows its commit by
   * microseconds, unless the connection broke in between.
   */
  private static final long REPORT_PATIENCE_NANOS = 100_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

  static final String READ =
      """
      select position, id, type, subject, key, time, correlation_id, causation_id, traceparent,
             tracestate, data
      from messaging.event
      where segment >= coalesce(
          (select max(segment) from messaging.log_segment where first_position <= ? + 1), 0)
        and position > ?
      order by position
      limit ?
      """;
  private static final String HEAD = "select position from messaging.log_head";

  private final DataSource dataSource;
  private final EventCatalogue catalogue;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Guards what follows. Never held during a query. */
  private final Object lock = new Object();

  /** A ring: the message at a position stands at that position modulo the length. */
  private final @Nullable Message[] ring = new Message[MAX_EVENTS];

  /** Positions kept: first (inclusive) to last (inclusive); empty while last is first - 1. */
  private long first = 1;

  private long last;
  private long chars;
  private boolean primed;
  private volatile long head;

  /**
   * What transactions of this process have appended and not yet reported as committed, by the
   * position before: the end of each and since when. They may be reported in another order than
   * they commit in, and are then waited for rather than read.
   */
  private final TreeMap<Long, UnderWay> underWay = new TreeMap<>();

  /** Reported, but behind a hole that is under way, by the position before. */
  private final TreeMap<Long, List<Message>> early = new TreeMap<>();

  private record UnderWay(long end, long sinceNanos) {}

  /** Held by the one reader that fills a hole. */
  private final Object refill = new Object();

  private volatile boolean closed;
  private volatile @Nullable Thread listening;

  public LogTail(DataSource dataSource, EventCatalogue catalogue) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
  }

  /** Begins to listen for what other processes append. */
  public void start() {
    listening = Thread.ofPlatform().name("log-tail").daemon().start(this::listen);
  }

  @Override
  public void close() {
    closed = true;
    Thread thread = listening;
    if (thread == null) {
      return;
    }
    LockSupport.unpark(thread);
    // An announcement ends its wait. When the database is down it does not wait for one, but who
    // asks for a connection does.
    Thread.ofVirtual().name("log-tail-close").start(this::announceNothing);
    try {
      if (!thread.join(Duration.ofMillis(2L * LOOK_UP_MILLIS))) {
        LOG.warn("still listening at close: thread={}", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announceNothing() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("notify " + CHANNEL);
    } catch (SQLException e) {
      LOG.debug("closed without a last announcement: {}", e.getMessage());
    }
  }

  /** Runs whenever the log may have grown, on the thread that noticed; must be quick. */
  public void onGrowth(Runnable listener) {
    listeners.add(listener);
  }

  /** The last position known to be in the log; the log may be further. */
  public long head() {
    return head;
  }

  /**
   * What follows a position, in order and without holes; never waits for more.
   *
   * @return at most {@code max} messages; empty when the position is the known end
   */
  public List<Message> after(long position, int max) {
    if (position >= head) {
      return List.of();
    }
    List<Message> kept = fromMemory(position, max);
    if (!kept.isEmpty()) {
      return kept;
    }
    boolean atTail;
    synchronized (lock) {
      atTail = !primed || position >= last;
      if (atTail && isUnderWay(position)) {
        return List.of(); // its transaction will say so at once
      }
    }
    if (!atTail) {
      return read(position, max); // far behind: pass the tail by
    }
    synchronized (refill) {
      kept = fromMemory(position, max);
      if (!kept.isEmpty()) {
        return kept;
      }
      List<Message> read = read(position, READ_EVENTS);
      refill(position, read);
      return read.size() <= max ? read : List.copyOf(read.subList(0, max));
    }
  }

  /** A transaction of this process is about to commit so many events after a position. */
  void committing(long base, int count) {
    synchronized (lock) {
      underWay.put(base, new UnderWay(base + count, System.nanoTime()));
    }
  }

  /** A transaction that was about to commit did not, or nobody knows. */
  void notCommitted(long base) {
    synchronized (lock) {
      underWay.remove(base);
      early.clear(); // read from the database when somebody needs it
    }
    listeners.forEach(Runnable::run);
  }

  /** Takes what this process has just committed. */
  void committed(long base, List<Message> appended) {
    synchronized (lock) {
      underWay.remove(base);
      if (primed && base > last && isUnderWay(last)) {
        if (early.size() == MAX_EARLY) {
          early.clear(); // read from the database when somebody needs it
        }
        early.put(base, appended);
      } else {
        append(base, appended);
        for (var next = early.firstEntry(); next != null; next = early.firstEntry()) {
          if (next.getKey() > last) {
            break;
          }
          early.pollFirstEntry();
          append(next.getKey(), next.getValue());
        }
      }
      head = Math.max(head, base + appended.size());
    }
    listeners.forEach(Runnable::run);
  }

  /** Whether what follows a position is about to be reported; called with the lock held. */
  private boolean isUnderWay(long position) {
    Map.Entry<Long, UnderWay> next = underWay.floorEntry(position);
    return next != null
        && next.getValue().end() > position
        && System.nanoTime() - next.getValue().sinceNanos() < REPORT_PATIENCE_NANOS;
  }

  private void grown(long position) {
    boolean reachable;
    synchronized (lock) {
      // What was waited for in vain is to be looked at again, too.
      reachable = position > head || (primed && last < head);
      head = Math.max(head, position);
    }
    if (reachable) {
      listeners.forEach(Runnable::run);
    }
  }

  /** The front-most reader has passed a hole that nobody else will fill: the tail begins anew. */
  private void refill(long position, List<Message> read) {
    synchronized (lock) {
      if (primed && position > last) {
        Arrays.fill(ring, null);
        chars = 0;
        primed = false;
      }
      append(position, read);
    }
  }

  /**
   * Adds what continues the tail; what would leave a hole is left to be read when somebody needs
   * it.
   */
  private void append(long base, List<Message> appended) {
    synchronized (lock) {
      if (!primed) {
        first = base + 1;
        last = base;
        primed = true;
      }
      for (Message message : appended) {
        if (message.position() == last + 1) {
          last++;
          chars += message.event().data().length();
          if (last - first == MAX_EVENTS) {
            evictFirst();
          }
          ring[slot(last)] = message;
          while (chars > MAX_CHARS && first < last) {
            evictFirst();
          }
        }
      }
    }
  }

  private void evictFirst() {
    chars -= kept(first).event().data().length();
    ring[slot(first)] = null;
    first++;
  }

  private List<Message> fromMemory(long position, int max) {
    synchronized (lock) {
      if (position + 1 < first || position >= last) {
        return List.of();
      }
      int size = (int) Math.min(max, last - position);
      List<Message> found = new ArrayList<>(size);
      for (long next = position + 1; next <= position + size; next++) {
        found.add(kept(next));
      }
      return found;
    }
  }

  private Message kept(long position) {
    return Objects.requireNonNull(ring[slot(position)], "position within the ring");
  }

  private static int slot(long position) {
    return (int) (position & (MAX_EVENTS - 1));
  }

  private List<Message> read(long position, int max) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(READ)) {
        statement.setFetchSize(200); // so that a few huge events do not come all at once
        statement.setLong(1, position);
        statement.setLong(2, position);
        statement.setInt(3, max);
        List<Message> found = new ArrayList<>();
        long size = 0;
        try (ResultSet rows = statement.executeQuery()) {
          while (size < READ_CHARS && rows.next()) {
            Message message =
                new Message(rows.getLong("position"), EventRows.read(rows, "id"), catalogue, null);
            size += message.event().data().length();
            found.add(message);
          }
        }
        return found;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private static long readHead(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEAD);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private void listen() {
    boolean failing = false;
    while (!closed) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
          statement.execute("listen " + CHANNEL);
        }
        PGConnection notified = connection.unwrap(PGConnection.class);
        grown(readHead(connection)); // after the listen, so that nothing is missed in between
        failing = false;
        try {
          while (!closed) {
            PGNotification[] announced = notified.getNotifications(LOOK_UP_MILLIS);
            grown(
                announced == null || announced.length == 0 ? readHead(connection) : end(announced));
          }
        } finally {
          try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten " + CHANNEL);
          }
        }
      } catch (SQLException e) {
        if (closed) {
          return;
        }
        if (!failing) {
          LOG.warn("cannot listen for events of other processes: {}", e.getMessage());
        }
        failing = true;
        LockSupport.parkNanos(LOOK_UP_MILLIS * 1_000_000L);
      }
    }
  }

  /** Announcements come in the order of commits, so the last one has the log's end. */
  private static long end(PGNotification[] announced) {
    String end = announced[announced.length - 1].getParameter();
    return end.matches("[0-9]{1,18}") ? Long.parseLong(end) : 0;
  }
}
