package dev.reserva.messaging.transport.postgres;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.store.LogEntry;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.LocalFlag;
import dev.reserva.messaging.transport.Passed;
import dev.reserva.messaging.transport.Signal;
import dev.reserva.messaging.transport.StartingPoint;
import dev.reserva.messaging.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Subscriptions read the log of their own database. The cursor moves in the transaction of the
 * effect, so no effect happens twice, and there is no broker to acknowledge to.
 */
public final class PostgresTransport implements Transport {

  /** Most log entries that one poll passes over while it looks for a batch. */
  private static final int MAX_SCAN = 10_000;

  private final LogTail tail;

  public PostgresTransport(LogTail tail) {
    this.tail = tail;
  }

  @Override
  public Consumer open(Subscription subscription, StartingPoint start) {
    LogConsumer consumer = new LogConsumer(subscription, start);
    tail.add(consumer);
    return consumer;
  }

  private final class LogConsumer implements Consumer, LogTail.Reader {

    private final Subscription subscription;
    private final LocalFlag flag;
    private final Signal signal = new Signal();

    /** Everything up to here has taken effect. Guarded by this, as the next four fields are. */
    private long acknowledged;

    /** Everything up to here was delivered. */
    private long delivered;

    /** Everything up to here was delivered or passed over. */
    private long read;

    /** Events handled locally that were passed over since the last poll. */
    private int passed;

    private boolean polling;

    LogConsumer(Subscription subscription, StartingPoint start) {
      this.subscription = subscription;
      this.flag = start.flag();
      this.acknowledged = start.position();
      this.delivered = start.position();
      this.read = start.position();
    }

    @Override
    public Delivery poll(int max) {
      Passed.Builder handledLocally = new Passed.Builder();
      long from = begin(handledLocally);
      List<Message> found = new ArrayList<>();
      long upTo = from;
      try {
        while (found.size() < max && upTo < from + MAX_SCAN) {
          List<LogEntry> next = tail.after(upTo, max);
          if (next.isEmpty()) {
            break;
          }
          for (LogEntry entry : next) {
            if (found.size() == max) {
              break;
            }
            Message message = entry.message();
            upTo = message.position();
            if (subscription.types().contains(message.type())) {
              if (flag.marks(upTo, entry.flags())) {
                handledLocally.add(upTo, 1);
              } else {
                found.add(message);
              }
            }
          }
        }
      } finally {
        end(upTo);
      }
      return new Delivery(found, upTo, handledLocally.build());
    }

    private synchronized long begin(Passed.Builder handledLocally) {
      polling = true;
      handledLocally.add(read, passed);
      passed = 0;
      return read;
    }

    private synchronized void end(long upTo) {
      polling = false;
      read = upTo;
      delivered = upTo;
    }

    @Override
    public List<Message> fresh(UnitOfWork tx, List<Message> messages) {
      return messages;
    }

    @Override
    public synchronized void acknowledge(Delivery delivery) {
      acknowledged = delivery.upTo();
    }

    @Override
    public synchronized long passedTo() {
      return acknowledged >= delivered ? read : acknowledged;
    }

    @Override
    public void redeliver() {
      synchronized (this) {
        read = acknowledged;
        passed = 0;
      }
    }

    @Override
    public void await(Duration timeout) throws InterruptedException {
      signal.await(timeout);
    }

    @Override
    public synchronized long position() {
      return read;
    }

    /** Passes over events that the subscription does not need, without waking its loop. */
    @Override
    public void grown(Optional<List<LogEntry>> added) {
      if (added.isEmpty()) {
        wake();
        return;
      }
      int handledLocally = 0;
      for (LogEntry entry : added.get()) {
        if (subscription.types().contains(entry.message().type())) {
          if (!flag.marks(entry.message().position(), entry.flags())) {
            wake();
            return;
          }
          handledLocally++;
        }
      }
      if (!added.get().isEmpty()) {
        pass(
            added.get().getFirst().message().position() - 1,
            added.get().getLast().message().position(),
            handledLocally);
      }
    }

    private synchronized void pass(long from, long to, int handledLocally) {
      if (polling) {
        wake(); // this poll may have missed the events, the next one finds them
      } else if (read == from) {
        read = to;
        passed += handledLocally;
      }
    }

    @Override
    public void wake() {
      signal.raise();
    }

    @Override
    public void close() {
      tail.remove(this);
    }
  }
}
