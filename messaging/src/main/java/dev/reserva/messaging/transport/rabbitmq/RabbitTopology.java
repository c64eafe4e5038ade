package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import dev.reserva.messaging.transport.BrokerUnavailable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges, queues and bindings of a process. Declaring them again changes nothing, and
 * restores what was deleted.
 *
 * <ul>
 *   <li>Events of a context go to the topic exchange {@code <context>.events}, with their type as
 *       the routing key.
 *   <li>A service consumes the quorum queue {@code <service>.queue}. It has a single active
 *       consumer, so that events stay in order. A full queue rejects events.
 *   <li>With several partitions, the types go on to the headers exchange {@code
 *       <service>.partitions}, and from there, by the slot of the event's key, to the queues {@code
 *       <service>.queue.<i>}.
 *   <li>The exchange {@code reserva.relay.<log>} marks that the relay of a log sends to this
 *       broker. It is gone if the broker has lost all that it had.
 *   <li>What a consumer rejects, or RabbitMQ gives up, goes by the direct exchange {@code
 *       reserva.dlx} to {@code <queue>.dlq}, which nobody consumes. {@code <queue>.dlq.intake} gets
 *       the same; its consumers record what RabbitMQ has given up, and empty it.
 * </ul>
 *
 * <p>All queues of the services that share a database are bound to the same types. Each event is
 * imported from the queue that delivers it first; if one queue had a type that another one lacks,
 * the import could reorder events of a key.
 *
 * <p>A process removes the bindings that it does not need. Before a version that hears more types
 * starts, all processes of the version before have to stop; otherwise one of them could remove a
 * new binding when it connects again.
 */
public final class RabbitTopology {

  /** Header: which of the {@value #SLOTS} slots the event's key belongs to. */
  static final String SLOT = "slot";

  static final int SLOTS = 64;

  private final Set<String> services;
  private final Set<String> knownTypes;
  private final Set<String> heardTypes;
  private final RabbitSettings settings;

  /**
   * @param services the consuming services of this process; none if it only publishes
   * @param knownTypes all types of event; bindings to those that are not heard are removed
   * @param heardTypes types that the services on this database consume and others publish
   */
  public RabbitTopology(
      Set<String> services,
      Set<String> knownTypes,
      Set<String> heardTypes,
      RabbitSettings settings) {
    this.services = new TreeSet<>(services);
    this.knownTypes = new TreeSet<>(knownTypes);
    this.heardTypes = Set.copyOf(heardTypes);
    this.settings = settings;
    if (!knownTypes.containsAll(heardTypes)) {
      throw new IllegalArgumentException("heard types must be known, were " + heardTypes);
    }
  }

  /** The queues that this process consumes. */
  List<String> queues() {
    return services.stream().flatMap(service -> queuesOf(service).stream()).toList();
  }

  private List<String> queuesOf(String service) {
    return RabbitObjects.queuesOf(service, settings.partitions());
  }

  /** What this process declares. */
  RabbitObjects objects() {
    return RabbitObjects.of(services, knownTypes, heardTypes, settings);
  }

  /** The exchange of a type: that of its context. */
  static String exchangeOf(String type) {
    int dot = type.indexOf('.');
    return (dot < 0 ? type : type.substring(0, dot)) + ".events";
  }

  /** The slot of a key, 0..63. It never changes, so a key stays in its partition. */
  static int slotOf(UUID key) {
    long mixed =
        (key.getMostSignificantBits() ^ key.getLeastSignificantBits()) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 58); // six bits
  }

  /**
   * Declares everything.
   *
   * @throws BrokerUnavailable when the connection is lost, or an object is there with other
   *     properties; the message names it
   */
  void declare(Channel channel) {
    Set<String> exchanges = new TreeSet<>();
    knownTypes.forEach(type -> exchanges.add(exchangeOf(type)));
    exchanges.forEach(exchange -> declareEvents(channel, exchange));
    declared(
        "exchange " + RabbitObjects.DEAD_LETTER_EXCHANGE,
        () ->
            channel.exchangeDeclare(
                RabbitObjects.DEAD_LETTER_EXCHANGE, BuiltinExchangeType.DIRECT, true));
    for (String service : services) {
      queuesOf(service).forEach(queue -> declareQueue(channel, queue));
      if (settings.partitions() == 1) {
        bindQueue(channel, service);
      } else {
        bindPartitions(channel, service);
      }
    }
  }

  static void declareEvents(Channel channel, String exchange) {
    declared(
        "exchange " + exchange,
        () -> channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true));
  }

  /** Whether an exchange of this name is there. */
  static boolean hasExchange(Connection connection, String exchange) {
    try {
      Channel asking = connection.createChannel(); // RabbitMQ closes it if there is none
      asking.exchangeDeclarePassive(exchange);
      asking.abort();
      return true;
    } catch (IOException | ShutdownSignalException e) {
      if (closing(e) instanceof AMQP.Channel.Close close
          && close.getReplyCode() == AMQP.NOT_FOUND) {
        return false;
      }
      throw failure("exchange " + exchange, e);
    }
  }

  /** Declares the exchange whose presence tells that the broker has what a log's relay has sent. */
  static void declareMark(Channel channel, String exchange) {
    declared(
        "exchange " + exchange,
        () ->
            channel.exchangeDeclare(
                exchange, BuiltinExchangeType.FANOUT, true, false, true, Map.of()));
  }

  /** The exchange that marks the relay of a log. Nothing is sent to it. */
  static String markOf(UUID log) {
    return "reserva.relay." + log;
  }

  private void declareQueue(Channel channel, String queue) {
    RabbitObjects.deadLettersOf(queue)
        .forEach((deadLetters, arguments) -> {
          declared(
              "queue " + deadLetters,
              () -> channel.queueDeclare(deadLetters, true, false, false, arguments));
          declared(
              "binding of " + deadLetters,
              () -> channel.queueBind(deadLetters, RabbitObjects.DEAD_LETTER_EXCHANGE, queue));
        });
    declared(
        "queue " + queue,
        () ->
            channel.queueDeclare(
                queue, true, false, false, RabbitObjects.arguments(queue, settings)));
  }

  private void bindQueue(Channel channel, String service) {
    String queue = RabbitObjects.queueOf(service);
    declared(
        "bindings of " + queue,
        () -> {
          channel.exchangeDelete(
              RabbitObjects.partitionsOf(service)); // of a time with several partitions
          for (String type : knownTypes) {
            if (heardTypes.contains(type)) {
              channel.queueBind(queue, exchangeOf(type), type);
            } else {
              channel.queueUnbind(queue, exchangeOf(type), type);
            }
          }
        });
  }

  private void bindPartitions(Channel channel, String service) {
    String partitions = RabbitObjects.partitionsOf(service);
    declared(
        "exchange " + partitions,
        () -> channel.exchangeDeclare(partitions, BuiltinExchangeType.HEADERS, true));
    List<String> queues = queuesOf(service);
    declared(
        "bindings of " + partitions,
        () -> {
          for (int slot = 0; slot < SLOTS; slot++) {
            Map<String, Object> ofSlot = RabbitObjects.ofSlot(slot);
            int partition = slot % settings.partitions();
            channel.queueBind(queues.get(partition), partitions, "", ofSlot);
            for (int other = 0; other < queues.size(); other++) {
              if (other != partition) {
                channel.queueUnbind(queues.get(other), partitions, "", ofSlot);
              }
            }
          }
          for (String type : knownTypes) {
            channel.queueUnbind(
                RabbitObjects.queueOf(service), exchangeOf(type), type); // of a single queue
            if (heardTypes.contains(type)) {
              channel.exchangeBind(partitions, exchangeOf(type), type);
            } else {
              channel.exchangeUnbind(partitions, exchangeOf(type), type);
            }
          }
        });
  }

  private interface Declaration {
    void run() throws IOException;
  }

  private static void declared(String object, Declaration declaration) {
    try {
      declaration.run();
    } catch (IOException | ShutdownSignalException e) {
      throw failure(object, e);
    }
  }

  private static BrokerUnavailable failure(String object, Exception e) {
    if (closing(e) instanceof AMQP.Channel.Close close) {
      String text = close.getReplyText();
      return close.getReplyCode() == AMQP.PRECONDITION_FAILED
          ? new BrokerUnavailable(
              "%s is there with other properties; restore the settings or delete it: %s"
                  .formatted(object, text),
              e)
          : new BrokerUnavailable("%s cannot be declared: %s".formatted(object, text), e);
    }
    return RabbitBroker.lost(e);
  }

  /** Why the broker has closed connection or channel; null when it has not. */
  static @Nullable Method closing(Exception e) {
    return e instanceof ShutdownSignalException direct
        ? direct.getReason()
        : e.getCause() instanceof ShutdownSignalException cause ? cause.getReason() : null;
  }
}
