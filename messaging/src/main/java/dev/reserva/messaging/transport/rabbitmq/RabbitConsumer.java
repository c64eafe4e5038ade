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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Consumes one queue, and the queue by which RabbitMQ tells of its dead letters. The client's
 * thread puts deliveries aside, at most as many as the prefetch limits allow.
 *
 * <ul>
 *   <li>Both come by one channel, so their tags have one order.
 *   <li>A dead letter that a consumer has rejected is on record already. It is acknowledged when it
 *       is polled, and not handed on.
 * </ul>
 */
final class RabbitConsumer implements BrokerConsumer {

  /** A message that is given up may be so large that it has ended the processes that got it. */
  private static final int PREFETCHED_DEAD_LETTERS = 1;

  private final Connection connection;
  private final Channel channel;
  private final Queue<Arrived> arrived = new ConcurrentLinkedQueue<>();
  private final Signal signal;
  private volatile @Nullable BrokerUnavailable lost;

  RabbitConsumer(
      Connection connection, Channel channel, String queue, RabbitSettings settings, Signal signal)
      throws IOException {
    this.connection = connection;
    this.channel = channel;
    this.signal = signal;
    // A prefetch limit is one of the consumers that begin after it.
    channel.basicQos(PREFETCHED_DEAD_LETTERS);
    int limit = settings.deliveryLimit();
    consume(queue + RabbitObjects.DEAD_INTAKE, delivery -> deadLetter(delivery, limit));
    channel.basicQos(settings.prefetch());
    consume(queue, delivery -> new Arrived(delivery.tag(), delivery.message(null)));
  }

  /**
   * @param message null if it only has to be acknowledged
   */
  private record Arrived(long tag, @Nullable Received message) {}

  private record Delivery(Envelope envelope, AMQP.BasicProperties properties, Bytes body) {

    long tag() {
      return envelope.getDeliveryTag();
    }

    Received message(@Nullable String givenUp) {
      return new Received(tag(), body, headers(envelope, properties), givenUp);
    }
  }

  private static Arrived deadLetter(Delivery delivery, int deliveryLimit) {
    DeadLetter dead = DeadLetter.of(delivery.properties());
    return new Arrived(
        delivery.tag(), dead.isRejected() ? null : delivery.message(dead.text(deliveryLimit)));
  }

  private void consume(String queue, Function<Delivery, Arrived> arrival) throws IOException {
    channel.basicConsume(
        queue,
        false,
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            arrived.add(arrival.apply(new Delivery(envelope, properties, Bytes.of(body))));
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
        });
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
      Arrived next = arrived.poll();
      if (next == null) {
        break;
      }
      Received message = next.message();
      if (message == null) {
        forget(next.tag());
      } else {
        polled.add(message);
      }
    }
    return polled;
  }

  private void forget(long tag) {
    try {
      channel.basicAck(tag, false);
    } catch (IOException | ShutdownSignalException e) {
      throw RabbitBroker.lost(e);
    }
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
