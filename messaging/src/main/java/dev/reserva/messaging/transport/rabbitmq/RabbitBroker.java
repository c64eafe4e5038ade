package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.reserva.messaging.TopologyInspection;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Connects to RabbitMQ. Each connection begins with the declaration of the {@link RabbitTopology},
 * so nothing is sent while an exchange, queue or binding of this process is missing.
 */
public final class RabbitBroker implements Broker {

  /**
   * After twice this time a silent connection is given up, as one to the database is after 20 s.
   * The lower of this and RabbitMQ's setting counts; below 5 s a pause could pass for a failure.
   */
  private static final int HEARTBEAT_SECONDS = 10;

  private static final int CONNECT_MILLIS = 5_000;

  /** For the handshake and each declaration. A quorum queue is declared within a second. */
  private static final int ANSWER_MILLIS = 10_000;

  private static final int CLOSE_MILLIS = 2_000;

  private final RabbitSettings settings;
  private final RabbitTopology topology;
  private final Predicate<String> heardElsewhere;
  private final String contentType;
  private final ConnectionFactory factory;

  /**
   * @param heardElsewhere types that a service on another database consumes; such an event must
   *     have a queue
   * @param contentType media type of messages
   */
  public RabbitBroker(
      RabbitSettings settings,
      RabbitTopology topology,
      Predicate<String> heardElsewhere,
      String contentType) {
    this.settings = settings;
    this.topology = topology;
    this.heardElsewhere = heardElsewhere;
    this.contentType = contentType;
    this.factory = factory(settings);
  }

  private static ConnectionFactory factory(RabbitSettings settings) {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(settings.uri().getHost());
    factory.setPort(settings.port());
    factory.setVirtualHost(settings.virtualHost());
    factory.setUsername(settings.username());
    factory.setPassword(settings.password());
    factory.setAutomaticRecoveryEnabled(false); // the loops connect again
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    factory.setConnectionTimeout(CONNECT_MILLIS);
    factory.setHandshakeTimeout(ANSWER_MILLIS);
    factory.setChannelRpcTimeout(ANSWER_MILLIS);
    factory.setShutdownTimeout(CLOSE_MILLIS);
    factory.setThreadFactory(Thread.ofPlatform().name("rabbitmq-", 0).daemon().factory());
    if (settings.encrypted()) {
      try {
        factory.useSslProtocol(SSLContext.getDefault());
        factory.enableHostnameVerification();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java platform has no TLS", e);
      }
    }
    return factory;
  }

  @Override
  public List<String> queues() {
    return topology.queues();
  }

  @Override
  public BrokerPublisher openPublisher(Signal changed) {
    return open(
        "publisher",
        (connection, channel) ->
            new RabbitPublisher(connection, channel, heardElsewhere, contentType, changed));
  }

  @Override
  public BrokerConsumer openConsumer(String queue, Signal arrived) {
    return open(
        queue,
        (connection, channel) -> new RabbitConsumer(connection, channel, queue, settings, arrived));
  }

  /**
   * Compares what RabbitMQ has with what this process expects.
   *
   * @param elsewhere types that this process publishes, by the service on another database that
   *     consumes them
   * @param management empty if the management API cannot be used
   */
  public TopologyInspection inspection(
      Map<String, Set<String>> elsewhere, Optional<RabbitManagement> management) {
    return new RabbitInspection(this, topology.objects(), elsewhere, management);
  }

  private interface End<E> {
    E begin(Connection connection, Channel channel) throws IOException;
  }

  private <E> E open(String purpose, End<E> end) {
    Connection connection = connect(purpose);
    boolean open = false;
    try {
      Channel declaring = connection.createChannel();
      topology.declare(declaring);
      declaring.abort();
      E begun = end.begin(connection, connection.createChannel());
      open = true;
      return begun;
    } catch (IOException | ShutdownSignalException e) {
      throw lost(e);
    } finally {
      if (!open) {
        close(connection);
      }
    }
  }

  /**
   * @param purpose shown by RabbitMQ's tools
   * @throws BrokerUnavailable when RabbitMQ cannot be reached, or refuses the user
   */
  Connection connect(String purpose) {
    try {
      return factory.newConnection(settings.connectionName() + " " + purpose);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      throw new BrokerUnavailable(
          "RabbitMQ cannot be reached at %s: %s".formatted(settings, reason(e)), e);
    }
  }

  static void close(Connection connection) {
    connection.abort(CLOSE_MILLIS);
  }

  static BrokerUnavailable lost(Throwable e) {
    return new BrokerUnavailable("the connection to RabbitMQ is lost: " + reason(e), e);
  }

  /** The first text among a failure and its causes: RabbitMQ's client often gives none itself. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
