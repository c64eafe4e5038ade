package dev.reserva.messaging.transport.postgres;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.transport.Inlet;
import dev.reserva.messaging.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

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
  public Inlet open(Subscription subscription, long position) {
    LogInlet inlet = new LogInlet(subscription, position);
    tail.add(inlet);
    return inlet;
  }

  private final class LogInlet implements Inlet, LogTail.Reader {

    private final Subscription subscription;
    private final Semaphore signal = new Semaphore(1);
    private long acknowledged;

    /** All up to here has been looked at; moved by its own thread and by those that append. */
    private final AtomicLong read;

    LogInlet(Subscription subscription, long position) {
      this.subscription = subscription;
      this.acknowledged = position;
      this.read = new AtomicLong(position);
    }

    @Override
    public Delivery poll(int max) {
      List<Message> found = new ArrayList<>();
      long upTo = read.get();
      long limit = upTo + MAX_SCAN;
      while (found.size() < max && upTo < limit) {
        List<Message> next = tail.after(upTo, max);
        if (next.isEmpty()) {
          break;
        }
        for (Message message : next) {
          if (found.size() == max) {
            break;
          }
          if (subscription.types().contains(message.type())) {
            found.add(message);
          }
          upTo = message.position();
        }
      }
      // Meanwhile it may have been moved on, but only past what is not for it.
      return new Delivery(found, read.accumulateAndGet(upTo, Math::max));
    }

    @Override
    public List<Message> fresh(UnitOfWork tx, List<Message> messages) {
      return messages;
    }

    @Override
    public void acknowledge(Delivery delivery) {
      acknowledged = delivery.upTo();
    }

    @Override
    public void redeliver() {
      read.set(acknowledged);
    }

    @Override
    public void await(Duration timeout) throws InterruptedException {
      if (signal.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        signal.drainPermits();
      }
    }

    @Override
    public long position() {
      return read.get();
    }

    /** Whoever hears nothing of what is new sleeps on, and has passed it. */
    @Override
    public void grown(Optional<List<Message>> added) {
      if (added.isEmpty()
          || added.get().stream()
              .anyMatch(message -> subscription.types().contains(message.type()))) {
        wake();
      } else if (!added.get().isEmpty()) {
        read.compareAndSet(added.get().getFirst().position() - 1, added.get().getLast().position());
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
