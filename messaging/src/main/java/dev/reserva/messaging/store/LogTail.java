package dev.reserva.messaging.store;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.delivery.LocalDelivery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The end of the log in memory, shared by all readers of this process. An event of another process
 * is read and decoded once for all subscriptions; an event of this process is not read at all.
 *
 * <ul>
 *   <li>Positions have no gaps, so the tail knows whether it is complete. A gap is read from the
 *       database if another process appended there. It closes by itself if two commits of this
 *       process were reported in the wrong order.
 *   <li>A reader further behind than the tail reaches reads from the database.
 *   <li>NOTIFY announces appends of other processes. While nothing is announced, the log's end is
 *       also read once a second, in case an announcement is lost.
 * </ul>
 */
public final class LogTail implements AutoCloseable {

  /** Most events that one read takes from the database to close a gap. */
  private static final int MAX_READ = 2_000;

  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private final RecentEvents recent = new RecentEvents();
  private final AtomicLong end = new AtomicLong();

  /** Held by the one reader that reads a gap, so that the others do not read it as well. */
  private final Object gapLock = new Object();

  /** The log's end when all readers were last woken. */
  private volatile long endAtWakeAll;

  private final LogRows rows;
  private final LocalDelivery local;
  private final LogListener listener;

  /**
   * @param local is notified when the log grows
   */
  public LogTail(DataSource dataSource, EventCatalogue catalogue, LocalDelivery local) {
    this.rows = new LogRows(dataSource, catalogue);
    this.local = local;
    this.listener = new LogListener(dataSource, this::grown, this::lookedUp);
  }

  /** Starts to listen for appends of other processes. */
  public void start() {
    listener.start();
  }

  @Override
  public void close() {
    listener.close();
  }

  /** A reader of the log, such as a subscription. */
  public interface Reader {

    /**
     * The log may have grown. Called on the thread that noticed it; must return at once.
     *
     * <p>Events that no call named, such as those of another process, are covered by a call with
     * {@link Optional#empty} within about a second.
     *
     * @param added events that this process appended, in order and without gaps; {@link
     *     Optional#empty} when the new events are not known here yet
     */
    void grown(Optional<List<LogEntry>> added);

    /** The last position it has read; later events are kept for it, within the tail's limits. */
    long position();
  }

  /** Calls a reader on all growth until it is removed. */
  public void add(Reader reader) {
    readers.add(reader);
  }

  public void remove(Reader reader) {
    readers.remove(reader);
  }

  /** The last position known to be in the log; the log may have grown since. */
  public long end() {
    return end.get();
  }

  /**
   * The events that follow a position, in order and without gaps; never waits for more.
   *
   * @return at most {@code max} entries; empty when nothing is known to follow yet
   */
  public List<LogEntry> after(long position, int max) {
    if (position >= end.get()) {
      return List.of();
    }
    List<LogEntry> kept = recent.after(position, max);
    if (!kept.isEmpty()) {
      return kept;
    }
    return switch (recent.missing(position)) {
      case PENDING -> List.of(); // the reader is called when the commit is reported
      case EVICTED -> rows.after(position, max);
      case UNREAD -> readGap(position, max);
    };
  }

  private List<LogEntry> readGap(long position, int max) {
    synchronized (gapLock) {
      List<LogEntry> kept = recent.after(position, max);
      if (!kept.isEmpty()) {
        return kept; // another reader has read it meanwhile
      }
      List<LogEntry> read = rows.after(position, MAX_READ);
      recent.read(position, read);
      return read.size() <= max ? read : List.copyOf(read.subList(0, max));
    }
  }

  /**
   * A transaction of this process is about to commit.
   *
   * @param base position before its first event
   * @param count how many events it has appended
   */
  void committing(long base, int count) {
    recent.committing(base, count);
  }

  /** A transaction that was about to commit has failed, or its outcome is unknown. */
  void notCommitted(long base) {
    recent.notCommitted(base);
    wakeAll();
  }

  /** A transaction of this process has committed. */
  void committed(long base, List<LogEntry> appended) {
    Optional<List<LogEntry>> added = recent.committed(base, appended);
    end.accumulateAndGet(base + appended.size(), Math::max);
    boolean keptAside = added.isPresent() && added.get().isEmpty();
    if (!keptAside) {
      callReaders(added);
    }
    evictRead();
  }

  private void grown(long position) {
    local.logReaches(position);
    long before = end.getAndAccumulate(position, Math::max);
    // A gap before the known end may be readable by now: perhaps its commit was not reported.
    if (position > before || recent.endsBefore(before)) {
      wakeAll();
    }
  }

  /** Makes readers pass over the last events, even if none of these was for them. */
  private void lookedUp(long position) {
    grown(position);
    if (endAtWakeAll < end.get()) {
      wakeAll();
    }
  }

  private void callReaders(Optional<List<LogEntry>> added) {
    readers.forEach(reader -> reader.grown(added));
  }

  private void wakeAll() {
    endAtWakeAll = end.get();
    callReaders(Optional.empty());
  }

  /**
   * Evicts events that all readers have read. If they stayed until newer ones displaced them, each
   * would survive several garbage collections, and most of the heap's old generation would be
   * events that no reader needs.
   */
  private void evictRead() {
    long read = end.get();
    for (Reader reader : readers) {
      read = Math.min(read, reader.position());
    }
    recent.evictUpTo(read);
  }
}
