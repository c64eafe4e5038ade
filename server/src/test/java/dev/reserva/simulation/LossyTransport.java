package dev.reserva.simulation;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.transport.Inlet;
import dev.reserva.messaging.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A transport that now and then loses a delivery on its way, or the acknowledgement of one; what
 * was lost comes again. It counts what the transport beneath does to messages: delays, repeats,
 * mixes.
 */
final class LossyTransport implements Transport {

  private final Transport transport;
  private final World world;
  private final List<Inlet> open = new ArrayList<>();

  LossyTransport(Transport transport, World world) {
    this.transport = transport;
    this.world = world;
  }

  @Override
  public Inlet open(Subscription subscription, long position) {
    Inlet inlet = new LossyInlet(subscription, transport.open(subscription, position));
    open.add(inlet);
    return inlet;
  }

  /** All connections of a dead process break. */
  void cut() {
    List.copyOf(open).forEach(Inlet::close);
  }

  private final class LossyInlet implements Inlet {

    private final Subscription subscription;
    private final Inlet inlet;
    private final Set<Long> seen = new HashSet<>();
    private boolean lost;

    LossyInlet(Subscription subscription, Inlet inlet) {
      this.subscription = subscription;
      this.inlet = inlet;
    }

    @Override
    public Delivery poll(int max) {
      if (lost) {
        lost = false;
        inlet.redeliver();
      }
      Delivery delivery = inlet.poll(max);
      if (delivery.messages().isEmpty()) {
        if (!world.healed && world.backbone.transport().outstanding(subscription) > 0) {
          world.tally.count(Happening.DELIVERY_DELAYED);
        }
        return delivery;
      }
      if (world.chance(0.03)) {
        world.tally.count(Happening.DELIVERY_LOST);
        lost = true;
        return new Delivery(List.of(), 0);
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
      return inlet.fresh(tx, messages);
    }

    @Override
    public void acknowledge(Delivery delivery) {
      if (!delivery.messages().isEmpty() && world.chance(0.03)) {
        world.tally.count(Happening.ACKNOWLEDGEMENT_LOST);
        lost = true;
        return;
      }
      inlet.acknowledge(delivery);
    }

    @Override
    public void redeliver() {
      inlet.redeliver();
    }

    @Override
    public void await(Duration timeout) throws InterruptedException {
      inlet.await(timeout);
    }

    @Override
    public void wake() {
      inlet.wake();
    }

    @Override
    public void close() {
      inlet.close();
      open.remove(this);
    }
  }
}
