package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Consumes one queue. The client's thread puts deliveries aside, at most as many as the prefetch
 * limit allows.
 */
final class RabbitConsumer implements BrokerConsumer {

  private final Connection connection;
  private final Channel channel;
  private final Queue<Received> arrived = new ConcurrentLinkedQueue<>();
  private final Signal signal;
  private volatile @Nullable BrokerUnavailable lost;

  RabbitConsumer(Connection connection, Channel channel, String queue, int prefetch, Signal signal)
      throws IOException {
    this.connection = connection;
    this.channel = channel;
    this.signal = signal;
    channel.basicQos(prefetch);
    channel.basicConsume(queue, false, new Deliveries(channel, queue));
  }

  private final class Deliveries extends DefaultConsumer {
    private final String queue;

    Deliveries(Channel channel, String queue) {
      super(channel);
      this.queue = queue;
    }

    @Override
    public void handleDelivery(
        String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      arrived.add(
          new Received(envelope.getDeliveryTag(), Bytes.of(body), headers(envelope, properties)));
      signal.raise();
    }

    @Override
    public void handleCancel(String consumerTag) {
      lost(
          new BrokerUnavailable(
              "queue %s was deleted, or has no leader".formatted(queue),
              new IllegalStateException("consumer cancelled")));
    }

    @Override
    public void handleShutdownSignal(String consumerTag, ShutdownSignalException cause) {
      lost(RabbitBroker.lost(cause));
    }
  }

  private static Map<String, String> headers(Envelope envelope, AMQP.BasicProperties properties) {
    Map<String, String> headers = new TreeMap<>();
    if (properties.getHeaders() != null) {
      properties.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
    }
    if (properties.getMessageId() != null) {
      headers.put("message-id", properties.getMessageId());
    }
    if (properties.getContentType() != null) {
      headers.put("content-type", properties.getContentType());
    }
    headers.put("exchange", envelope.getExchange());
    headers.put("routing-key", envelope.getRoutingKey());
    return headers;
  }

  private void lost(BrokerUnavailable failure) {
    lost = failure;
    signal.raise();
  }

  @Override
  public List<Received> poll(int max) {
    requireOpen();
    List<Received> polled = new ArrayList<>();
    while (polled.size() < max) {
      Received next = arrived.poll();
      if (next == null) {
        break;
      }
      polled.add(next);
    }
    return polled;
  }

  @Override
  public void settle(List<Received> polled, List<Received> unreadable) {
    requireOpen();
    try {
      for (Received message : unreadable) {
        channel.basicReject(message.tag(), false);
      }
      // One acknowledgement settles all up to its tag, which must not be settled yet.
      Set<Long> rejected = unreadable.stream().map(Received::tag).collect(Collectors.toSet());
      for (Received last : polled.reversed()) {
        if (!rejected.contains(last.tag())) {
          channel.basicAck(last.tag(), true);
          return;
        }
      }
    } catch (IOException | ShutdownSignalException e) {
      throw RabbitBroker.lost(e);
    }
  }

  private void requireOpen() {
    BrokerUnavailable failure = lost;
    if (failure != null) {
      throw new BrokerUnavailable(String.valueOf(failure.getMessage()), failure);
    }
  }

  @Override
  public void close() {
    RabbitBroker.close(connection);
  }
}
