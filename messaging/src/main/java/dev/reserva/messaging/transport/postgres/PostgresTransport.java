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
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final List<LogInlet> inlets = new CopyOnWriteArrayList<>();

  public PostgresTransport(LogTail tail) {
    this.tail = tail;
    tail.onGrowth(grown -> inlets.forEach(inlet -> inlet.wakeFor(grown)));
  }

  @Override
  public Inlet open(Subscription subscription, long position) {
    LogInlet inlet = new LogInlet(subscription, position);
    inlets.add(inlet);
    return inlet;
  }

  private final class LogInlet implements Inlet {

    private final Subscription subscription;
    private final Semaphore signal = new Semaphore(1);
    private long acknowledged;
    private long read;

    LogInlet(Subscription subscription, long position) {
      this.subscription = subscription;
      this.acknowledged = position;
      this.read = position;
    }

    @Override
    public Delivery poll(int max) {
      List<Message> found = new ArrayList<>();
      long limit = read + MAX_SCAN;
      while (found.size() < max && read < limit) {
        List<Message> next = tail.after(read, max);
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
          read = message.position();
        }
      }
      return new Delivery(found, read);
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
      read = acknowledged;
    }

    @Override
    public void await(Duration timeout) throws InterruptedException {
      if (signal.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        signal.drainPermits();
      }
    }

    /** Whoever hears nothing of what is new sleeps on. */
    void wakeFor(Optional<List<Message>> grown) {
      if (grown.isEmpty()
          || grown.get().stream()
              .anyMatch(message -> subscription.types().contains(message.type()))) {
        wake();
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
      inlets.remove(this);
    }
  }
}
