package dev.reserva.messaging.transport.postgres;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.store.LogEntry;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.LocalFlag;
import dev.reserva.messaging.transport.Passed;
import dev.reserva.messaging.transport.StartingPoint;
import dev.reserva.messaging.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Subscriptions read the log of their own database. The cursor moves in the transaction of the
 * effect, so nothing is ever delivered twice, and there is nothing to acknowledge.
 */
public final class PostgresTransport implements Transport {

  /** Log entries passed over in one poll while looking for a batch. */
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
    private final Semaphore signal = new Semaphore(1);

    /** Everything up to here has taken effect. Guarded by this, as are the next four. */
    private long acknowledged;

    /** What was delivered reaches up to here. */
    private long delivered;

    /** Everything up to here has been looked at. */
    private long read;

    /** Events handled locally that were passed without a poll since the last one. */
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
      if (signal.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        signal.drainPermits();
      }
    }

    @Override
    public synchronized long position() {
      return read;
    }

    /** Whoever needs nothing of what is new sleeps on, and has passed it. */
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
        wake(); // the poll may have missed it, the next one does not
      } else if (read == from) {
        read = to;
        passed += handledLocally;
      }
    }

    @Override
    public void wake() {
      if (signal.availablePermits() == 0) {
        signal.release();
      }
    }

    @Override
    public void close() {
      tail.remove(this);
    }
  }
}
