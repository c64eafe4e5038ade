package dev.reserva.simulation;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.Passed;
import dev.reserva.messaging.transport.StartingPoint;
import dev.reserva.messaging.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A transport that sometimes loses a delivery or an acknowledgement. The message is then delivered
 * again. It counts the delays, repetitions and interleavings of the underlying transport.
 */
final class LossyTransport implements Transport {

  private final Transport transport;
  private final World world;
  private final List<Consumer> open = new ArrayList<>();

  LossyTransport(Transport transport, World world) {
    this.transport = transport;
    this.world = world;
  }

  @Override
  public Consumer open(Subscription subscription, StartingPoint start) {
    Consumer consumer = new LossyConsumer(subscription, transport.open(subscription, start));
    open.add(consumer);
    return consumer;
  }

  /** All connections of a dead process break. */
  void cut() {
    List.copyOf(open).forEach(Consumer::close);
  }

  private final class LossyConsumer implements Consumer {

    private final Subscription subscription;
    private final Consumer consumer;
    private final Set<Long> seen = new HashSet<>();
    private boolean lost;

    LossyConsumer(Subscription subscription, Consumer consumer) {
      this.subscription = subscription;
      this.consumer = consumer;
    }

    @Override
    public Delivery poll(int max) {
      if (lost) {
        lost = false;
        consumer.redeliver();
      }
      Delivery delivery = consumer.poll(max);
      if (delivery.messages().isEmpty()) {
        if (!world.healed && world.backbone.transport().outstanding(subscription) > 0) {
          world.tally.count(Happening.DELIVERY_DELAYED);
        }
        return delivery;
      }
      if (world.chance(0.03)) {
        world.tally.count(Happening.DELIVERY_LOST);
        lost = true;
        return new Delivery(List.of(), 0, Passed.NONE);
      }
      long before = 0;
      for (Message message : delivery.messages()) {
        boolean isNew = seen.add(message.position());
        if (!isNew) {
          world.tally.count(Happening.DELIVERED_TWICE);
        } else if (message.position() < before) {
          world.tally.count(Happening.KEYS_REORDERED);
        }
        before = message.position();
      }
      return delivery;
    }

    @Override
    public List<Message> fresh(UnitOfWork tx, List<Message> messages) {
      return consumer.fresh(tx, messages);
    }

    @Override
    public void acknowledge(Delivery delivery) {
      if (!delivery.messages().isEmpty() && world.chance(0.03)) {
        world.tally.count(Happening.ACKNOWLEDGEMENT_LOST);
        lost = true;
        return;
      }
      consumer.acknowledge(delivery);
    }

    @Override
    public long passedTo() {
      return consumer.passedTo();
    }

    @Override
    public void redeliver() {
      consumer.redeliver();
    }

    @Override
    public void await(Duration timeout) throws InterruptedException {
      consumer.await(timeout);
    }

    @Override
    public void wake() {
      consumer.wake();
    }

    @Override
    public void close() {
      consumer.close();
      open.remove(this);
    }
  }
}
