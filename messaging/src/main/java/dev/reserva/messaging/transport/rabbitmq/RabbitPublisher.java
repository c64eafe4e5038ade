package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Publishes with confirms, many at a time. RabbitMQ returns a message that has no queue before it
 * confirms it. The client's thread reports both.
 */
final class RabbitPublisher implements BrokerPublisher {

  private static final int PERSISTENT = 2;

  private final Connection connection;
  private final Channel channel;
  private final Predicate<String> heardElsewhere;
  private final String contentType;
  private final Signal changed;

  /** Exchanges that are declared. Only the relay's thread touches this. */
  private final Set<String> exchanges = new HashSet<>();

  /** By the channel's sequence number. */
  private final ConcurrentNavigableMap<Long, Sent> inFlight = new ConcurrentSkipListMap<>();

  /** Why messages in flight were returned, by message id. */
  private final Map<String, String> returned = new ConcurrentHashMap<>();

  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private volatile @Nullable String blocked;
  private volatile @Nullable ShutdownSignalException lost;

  /**
   * @param number identifies the message to the relay
   */
  private record Sent(long number, String messageId) {}

  RabbitPublisher(
      Connection connection,
      Channel channel,
      Predicate<String> heardElsewhere,
      String contentType,
      Signal changed)
      throws IOException {
    this.connection = connection;
    this.channel = channel;
    this.heardElsewhere = heardElsewhere;
    this.contentType = contentType;
    this.changed = changed;
    connection.addBlockedListener(
        reason -> blocked("RabbitMQ takes no messages: " + reason), () -> blocked(null));
    channel.addShutdownListener(signal -> {
      lost = signal;
      changed.raise();
    });
    channel.addReturnListener(this::returned);
    channel.addConfirmListener(
        (tag, multiple) -> settled(tag, multiple, Outcome.Confirmed::new),
        (tag, multiple) -> settled(tag, multiple, Outcome.Rejected::new));
    channel.confirmSelect();
  }

  private void blocked(@Nullable String reason) {
    blocked = reason;
    changed.raise();
  }

  private void returned(Return message) {
    returned.put(
        message.getProperties().getMessageId(),
        "event type %s has no queue at exchange %s"
            .formatted(message.getRoutingKey(), message.getExchange()));
  }

  private void settled(long tag, boolean multiple, LongFunction<Outcome> outcome) {
    var settled = multiple ? inFlight.headMap(tag, true) : inFlight.subMap(tag, true, tag, true);
    for (Sent sent : settled.values()) {
      String reason = returned.remove(sent.messageId());
      outcomes.add(
          reason == null
              ? outcome.apply(sent.number())
              : new Outcome.Unroutable(sent.number(), reason));
    }
    settled.clear();
    changed.raise();
  }

  @Override
  public void send(long number, BrokerMessage message) {
    requireOpen();
    Event event = message.event();
    String exchange = RabbitTopology.exchangeOf(event.type());
    if (exchanges.add(exchange)) {
      // A type of a newer version may belong to a context that this one does not know.
      RabbitTopology.declareEvents(channel, exchange);
    }
    String id = event.id().toString();
    inFlight.put(channel.getNextPublishSeqNo(), new Sent(number, id));
    try {
      channel.basicPublish(
          exchange,
          event.type(),
          heardElsewhere.test(event.type()),
          properties(id, event, message),
          message.body().array());
    } catch (IOException | ShutdownSignalException e) {
      throw RabbitBroker.lost(e);
    }
  }

  private AMQP.BasicProperties properties(String id, Event event, BrokerMessage message) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(BrokerMessage.LOG, message.log().toString());
    headers.put(BrokerMessage.KEY, event.key().toString());
    headers.put(RabbitTopology.SLOT, RabbitTopology.slotOf(event.key()));
    if (event.traceparent() != null) {
      headers.put(BrokerMessage.TRACEPARENT, event.traceparent());
    }
    return new AMQP.BasicProperties.Builder()
        .contentType(contentType)
        .deliveryMode(PERSISTENT)
        .messageId(id)
        .type(event.type())
        .headers(headers)
        .build();
  }

  @Override
  public List<Outcome> outcomes() {
    List<Outcome> taken = new ArrayList<>();
    Outcome next = outcomes.poll();
    while (next != null) {
      taken.add(next);
      next = outcomes.poll();
    }
    return taken;
  }

  @Override
  public Optional<String> blocked() {
    requireOpen();
    return Optional.ofNullable(blocked);
  }

  @Override
  public boolean remembers(UUID log) {
    return RabbitTopology.hasExchange(connection, RabbitTopology.markOf(log));
  }

  @Override
  public void remember(UUID log) {
    RabbitTopology.declareMark(channel, RabbitTopology.markOf(log));
  }

  private void requireOpen() {
    ShutdownSignalException signal = lost;
    if (signal != null) {
      throw RabbitBroker.lost(signal);
    }
  }

  @Override
  public void close() {
    RabbitBroker.close(connection);
  }
}
