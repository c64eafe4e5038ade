package dev.reserva.messaging.memory;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.LocalFlag;
import dev.reserva.messaging.transport.Passed;
import dev.reserva.messaging.transport.Signal;
import dev.reserva.messaging.transport.StartingPoint;
import dev.reserva.messaging.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Subscriptions read the log of their own {@link MemoryDatabase}, as those on PostgreSQL read
 * theirs.
 *
 * @param faults decide when the process dies
 * @param local receives the end of the log at each poll
 */
public record MemoryLogTransport(
    MemoryEventLog log, EventCatalogue catalogue, Faults faults, LocalDelivery local)
    implements Transport {

  /** Most log entries that one poll passes over. */
  private static final int MAX_SCAN = 10_000;

  @Override
  public Consumer open(Subscription subscription, StartingPoint start) {
    LogConsumer consumer = new LogConsumer(subscription, start);
    log.onGrowth(consumer::wake);
    return consumer;
  }

  private final class LogConsumer implements Consumer {

    private final Subscription subscription;
    private final LocalFlag flag;
    private final Signal signal = new Signal();
    private volatile long acknowledged;
    private volatile long delivered;

    LogConsumer(Subscription subscription, StartingPoint start) {
      this.subscription = subscription;
      this.flag = start.flag();
      this.acknowledged = start.position();
      this.delivered = start.position();
    }

    @Override
    public Delivery poll(int max) {
      faults.at(Faults.Point.CALL);
      local.logReaches(log.end());
      List<Message> found = new ArrayList<>();
      Passed.Builder passed = new Passed.Builder();
      long upTo = delivered;
      for (Entry entry : log.after(delivered, MAX_SCAN)) {
        if (found.size() == max) {
          break;
        }
        upTo = entry.position();
        if (subscription.types().contains(entry.event().type())) {
          if (flag.marks(upTo, log.flags(upTo))) {
            passed.add(upTo, 1);
          } else {
            found.add(new Message(upTo, entry.event(), catalogue, null));
          }
        }
      }
      delivered = upTo;
      return new Delivery(found, upTo, passed.build());
    }

    @Override
    public List<Message> fresh(UnitOfWork tx, List<Message> messages) {
      return messages;
    }

    @Override
    public void acknowledge(Delivery delivery) {
      faults.at(Faults.Point.ACKNOWLEDGE);
      acknowledged = delivery.upTo();
    }

    @Override
    public void redeliver() {
      delivered = acknowledged;
    }

    @Override
    public long passedTo() {
      return acknowledged;
    }

    @Override
    public void await(Duration timeout) throws InterruptedException {
      signal.await(timeout);
    }

    @Override
    public void wake() {
      signal.raise();
    }

    @Override
    public void close() {
      // It is woken for ever, and nobody waits.
    }
  }
}
