package dev.reserva.messaging.faults;

import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The broker as a process sees it that can die at a {@link Step}. Counts connections. */
final class DyingBroker implements Broker {

  private final Broker broker;
  private final Runnable death;
  private final AtomicReference<@Nullable Step> next = new AtomicReference<>();
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param death cuts the process off from everything
   */
  DyingBroker(Broker broker, Runnable death) {
    this.broker = broker;
    this.death = death;
  }

  /** The process dies the next time it reaches this step. */
  void dieAt(Step step) {
    next.set(step);
  }

  /** How many connections were opened. */
  int connections() {
    return connections.get();
  }

  private void at(Step step) {
    if (next.compareAndSet(step, null)) {
      death.run();
      throw new BrokerUnavailable("died " + step, new IllegalStateException());
    }
  }

  @Override
  public List<String> queues() {
    return broker.queues();
  }

  @Override
  public BrokerPublisher openPublisher(Signal changed) {
    BrokerPublisher publisher = broker.openPublisher(changed);
    connections.incrementAndGet();
    return new BrokerPublisher() {
      @Override
      public void send(long number, BrokerMessage message) {
        at(Step.BEFORE_SEND);
        publisher.send(number, message);
        at(Step.AFTER_SEND);
      }

      @Override
      public List<Outcome> outcomes() {
        List<Outcome> outcomes = publisher.outcomes();
        if (outcomes.stream().anyMatch(Outcome.Confirmed.class::isInstance)) {
          at(Step.AFTER_CONFIRM);
        }
        return outcomes;
      }

      @Override
      public boolean remembers(UUID log) {
        return publisher.remembers(log);
      }

      @Override
      public void remember(UUID log) {
        publisher.remember(log);
      }

      @Override
      public Optional<String> blocked() {
        return publisher.blocked();
      }

      @Override
      public void close() {
        publisher.close();
      }
    };
  }

  @Override
  public BrokerConsumer openConsumer(String queue, Signal arrived) {
    BrokerConsumer consumer = broker.openConsumer(queue, arrived);
    connections.incrementAndGet();
    return new BrokerConsumer() {
      @Override
      public List<Received> poll(int max) {
        List<Received> polled = consumer.poll(max);
        if (!polled.isEmpty()) {
          at(Step.AFTER_DELIVERY);
        }
        return polled;
      }

      @Override
      public void settle(List<Received> polled, List<Received> unreadable) {
        at(Step.AFTER_COMMIT);
        consumer.settle(polled, unreadable);
        at(Step.AFTER_ACKNOWLEDGE);
      }

      @Override
      public void close() {
        consumer.close();
      }
    };
  }
}
