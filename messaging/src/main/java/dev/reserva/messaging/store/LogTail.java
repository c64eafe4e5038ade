package dev.reserva.messaging.store;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.delivery.LocalDelivery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

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

  /** Most that one read takes from the database. */
  private static final int READ_EVENTS = 2_000;

  private static final long READ_CHARS = 8L << 20;
  static final String READ =
      """
      select position, handled_by, id, %s
      from messaging.event
      where segment >= coalesce(
          (select max(segment) from messaging.log_segment where first_position <= ? + 1), 0)
        and position > ?
      order by position
      limit ?
      """
          .formatted(EventColumns.NAMES);

  private final DataSource dataSource;
  private final EventCatalogue catalogue;
  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private final RecentEvents recent = new RecentEvents();
  private final AtomicLong head = new AtomicLong();

  /** Held by the one reader that fills a hole. */
  private final Object refill = new Object();

  /** The end of the log when all were last told to look. */
  private volatile long toldAllOf;

  private final LocalDelivery local;
  private final LogListener listener;

  /**
   * @param local told how far the log has come
   */
  public LogTail(DataSource dataSource, EventCatalogue catalogue, LocalDelivery local) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
    this.local = local;
    this.listener = new LogListener(dataSource, this::grown, this::lookedUp);
  }

  /** Begins to listen for what other processes append. */
  public void start() {
    listener.start();
  }

  @Override
  public void close() {
    listener.close();
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
    void grown(Optional<List<LogEntry>> added);

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

  private void tell(Optional<List<LogEntry>> grown) {
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
   * @return at most {@code max} entries; empty when the position is the known end
   */
  public List<LogEntry> after(long position, int max) {
    if (position >= head.get()) {
      return List.of();
    }
    List<LogEntry> kept = recent.after(position, max);
    if (!kept.isEmpty()) {
      return kept;
    }
    return switch (recent.missing(position)) {
      case UNDER_WAY -> List.of(); // its transaction will say so at once
      case LONG_AGO -> read(position, max); // far behind: pass the tail by
      case AT_THE_END -> fillHole(position, max);
    };
  }

  private List<LogEntry> fillHole(long position, int max) {
    synchronized (refill) {
      List<LogEntry> kept = recent.after(position, max);
      if (!kept.isEmpty()) {
        return kept;
      }
      List<LogEntry> read = read(position, READ_EVENTS);
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
  void committed(long base, List<LogEntry> appended) {
    Optional<List<LogEntry>> added = recent.committed(base, appended);
    head.accumulateAndGet(base + appended.size(), Math::max);
    if (added.isEmpty() || !added.get().isEmpty()) {
      tell(added);
    }
    forgetWhatIsRead();
  }

  private void grown(long position) {
    local.logReaches(position);
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

  private List<LogEntry> read(long position, int max) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(READ)) {
        statement.setFetchSize(200); // so that a few huge events do not come all at once
        statement.setLong(1, position);
        statement.setLong(2, position);
        statement.setInt(3, max);
        List<LogEntry> found = new ArrayList<>();
        long size = 0;
        try (ResultSet rows = statement.executeQuery()) {
          while (size < READ_CHARS && rows.next()) {
            Message message =
                new Message(
                    rows.getLong("position"), EventColumns.read(rows, "id"), catalogue, null);
            size += message.event().data().length();
            found.add(new LogEntry(message, rows.getInt("handled_by")));
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
}
