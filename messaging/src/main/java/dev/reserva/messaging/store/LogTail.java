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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
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

  /** Most that one read takes from the database. */
  private static final int READ_EVENTS = 2_000;

  private static final long READ_CHARS = 8L << 20;
  private static final int LOOK_UP_MILLIS = 1_000;

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
  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private final RecentEvents recent = new RecentEvents();
  private final AtomicLong head = new AtomicLong();

  /** Held by the one reader that fills a hole. */
  private final Object refill = new Object();

  /** The end of the log when all were last told to look. */
  private volatile long toldAllOf;

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

  /** Who reads the log from here. Called on the thread that noticed something; must be quick. */
  public interface Reader {

    /**
     * The log may have grown.
     *
     * @param added what this process has appended itself, in order and without holes; nothing where
     *     it is somebody else's and not read yet. What passes by untold is told as the latter
     *     within a second.
     */
    void grown(Optional<List<Message>> added);

    /** How far it has read: what follows is kept for it, within the limits. */
    long position();
  }

  /** Tells a reader of all growth until it is removed. */
  public void add(Reader reader) {
    readers.add(reader);
  }

  public void remove(Reader reader) {
    readers.remove(reader);
  }

  private void tell(Optional<List<Message>> grown) {
    readers.forEach(reader -> reader.grown(grown));
  }

  /**
   * Lets go of what all have read. Kept until it is pushed out at the far end, each event would
   * outlive several collections of garbage, and nearly all of the heap's old part would be events
   * that nobody wants any more.
   */
  private void forgetWhatIsRead() {
    long read = head.get();
    for (Reader reader : readers) {
      read = Math.min(read, reader.position());
    }
    recent.forget(read);
  }

  /** Lets all look, since nobody knows who is concerned. */
  private void tellAll() {
    toldAllOf = head.get();
    tell(Optional.empty());
  }

  /** The last position known to be in the log; the log may be further. */
  public long head() {
    return head.get();
  }

  /**
   * What follows a position, in order and without holes; never waits for more.
   *
   * @return at most {@code max} messages; empty when the position is the known end
   */
  public List<Message> after(long position, int max) {
    if (position >= head.get()) {
      return List.of();
    }
    List<Message> kept = recent.after(position, max);
    if (!kept.isEmpty()) {
      return kept;
    }
    return switch (recent.missing(position)) {
      case UNDER_WAY -> List.of(); // its transaction will say so at once
      case LONG_AGO -> read(position, max); // far behind: pass the tail by
      case AT_THE_END -> fillHole(position, max);
    };
  }

  private List<Message> fillHole(long position, int max) {
    synchronized (refill) {
      List<Message> kept = recent.after(position, max);
      if (!kept.isEmpty()) {
        return kept;
      }
      List<Message> read = read(position, READ_EVENTS);
      recent.read(position, read);
      return read.size() <= max ? read : List.copyOf(read.subList(0, max));
    }
  }

  /** A transaction of this process is about to commit so many events after a position. */
  void committing(long base, int count) {
    recent.committing(base, count);
  }

  /** A transaction that was about to commit did not, or nobody knows. */
  void notCommitted(long base) {
    recent.notCommitted(base);
    tellAll();
  }

  /** Takes what this process has just committed. */
  void committed(long base, List<Message> appended) {
    Optional<List<Message>> added = recent.committed(base, appended);
    head.accumulateAndGet(base + appended.size(), Math::max);
    if (added.isEmpty() || !added.get().isEmpty()) {
      tell(added);
    }
    forgetWhatIsRead();
  }

  private void grown(long position) {
    long before = head.getAndAccumulate(position, Math::max);
    // What was waited for in vain is to be looked at again, too.
    if (position > before || recent.endsBefore(before)) {
      tellAll();
    }
  }

  /** Lets those whom nothing has concerned for a second see how far the log has come. */
  private void lookedUp(long position) {
    grown(position);
    if (toldAllOf < head.get()) {
      tellAll();
    }
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
        Listeners.join(connection);
        PGConnection notified = connection.unwrap(PGConnection.class);
        grown(readHead(connection)); // after the listen, so that nothing is missed in between
        failing = false;
        try {
          while (!closed) {
            PGNotification[] announced = notified.getNotifications(LOOK_UP_MILLIS);
            if (announced == null || announced.length == 0) {
              lookedUp(readHead(connection));
            } else {
              grown(end(announced));
            }
          }
        } finally {
          try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten " + CHANNEL);
          }
          Listeners.leave(connection);
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
