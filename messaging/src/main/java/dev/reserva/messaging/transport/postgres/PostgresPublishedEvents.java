package dev.reserva.messaging.transport.postgres;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.store.LogEntry;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.transport.ImportedFlag;
import dev.reserva.messaging.transport.PublishedEvents;
import dev.reserva.messaging.transport.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the services of this database have published from the tail of its log. */
public final class PostgresPublishedEvents implements PublishedEvents {

  /** Most log entries that one read passes over. */
  private static final int MAX_SCAN = 10_000;

  private final LogTail tail;

  public PostgresPublishedEvents(LogTail tail) {
    this.tail = tail;
  }

  @Override
  public Reader open(long position, Signal grown) {
    TailReader reader = new TailReader(position, grown);
    tail.add(reader);
    return reader;
  }

  private final class TailReader implements Reader, LogTail.Reader {

    private final Signal signal;

    /** Everything up to here was read or passed over. Guarded by this, as the next field is. */
    private long read;

    private boolean reading;

    TailReader(long position, Signal signal) {
      this.read = position;
      this.signal = signal;
    }

    @Override
    public Part read(int max) {
      long from = begin();
      List<Message> found = new ArrayList<>();
      long upTo = from;
      try {
        while (found.size() < max && upTo < from + MAX_SCAN) {
          List<LogEntry> next = tail.after(upTo, max - found.size());
          if (next.isEmpty()) {
            break;
          }
          for (LogEntry entry : next) {
            upTo = entry.message().position();
            if (!ImportedFlag.marks(entry.flags())) {
              found.add(entry.message());
            }
          }
        }
      } finally {
        end(upTo);
      }
      return new Part(found, upTo);
    }

    private synchronized long begin() {
      reading = true;
      return read;
    }

    private synchronized void end(long upTo) {
      reading = false;
      read = upTo;
    }

    @Override
    public synchronized long position() {
      return read;
    }

    /** Passes over imported events without waking the relay. */
    @Override
    public void grown(Optional<List<LogEntry>> added) {
      boolean imported =
          added.isPresent()
              && added.get().stream().allMatch(entry -> ImportedFlag.marks(entry.flags()));
      if (!imported || !pass(added.get())) {
        signal.raise();
      }
    }

    /** Whether these follow what was read, so that nothing is left to be read. */
    private synchronized boolean pass(List<LogEntry> added) {
      if (reading) {
        return false; // this read may have missed them
      }
      if (!added.isEmpty() && added.getFirst().message().position() == read + 1) {
        read = added.getLast().message().position();
      }
      return true;
    }

    @Override
    public void close() {
      tail.remove(this);
    }
  }
}
