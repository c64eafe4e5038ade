package dev.reserva.messaging.transport;

import java.util.List;

/** A broker whose consumers die when they settle. */
public record DyingBeforeSettle(Broker broker) implements Broker {

  @Override
  public List<String> queues() {
    return broker.queues();
  }

  @Override
  public BrokerPublisher openPublisher(Signal changed) {
    return broker.openPublisher(changed);
  }

  @Override
  public BrokerConsumer openConsumer(String queue, Signal arrived) {
    BrokerConsumer consumer = broker.openConsumer(queue, arrived);
    return new BrokerConsumer() {
      @Override
      public List<Received> poll(int max) {
        return consumer.poll(max);
      }

      @Override
      public void settle(List<Received> polled, List<Received> unreadable) {
        consumer.close();
        throw new BrokerUnavailable("died", new IllegalStateException());
      }

      @Override
      public void close() {
        consumer.close();
      }
    };
  }
}
