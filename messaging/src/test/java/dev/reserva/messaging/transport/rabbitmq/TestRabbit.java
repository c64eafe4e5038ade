package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.reserva.harness.TcpProxy;
import dev.reserva.harness.broker.LocalRabbit;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;

/**
 * An empty virtual host of RabbitMQ. The tested program reaches it by a proxy, so that a test can
 * cut its connections; a test has a connection beside it.
 */
public final class TestRabbit implements AutoCloseable {

  private final LocalRabbit rabbit;
  private final TcpProxy proxy;
  private final Connection connection;

  private TestRabbit(LocalRabbit rabbit, TcpProxy proxy, Connection connection) {
    this.rabbit = rabbit;
    this.proxy = proxy;
    this.connection = connection;
  }

  public static TestRabbit open() throws IOException, InterruptedException {
    LocalRabbit rabbit = LocalRabbit.open();
    return new TestRabbit(rabbit, new TcpProxy(rabbit.uri().getPort()), connect(rabbit.uri()));
  }

  private static Connection connect(URI uri) throws IOException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setAutomaticRecoveryEnabled(false);
    factory.setThreadFactory(Thread.ofPlatform().daemon().factory());
    try {
      factory.setUri(uri);
      return factory.newConnection("test");
    } catch (GeneralSecurityException | TimeoutException e) {
      throw new IOException("no connection to RabbitMQ", e);
    }
  }

  /** Settings for this virtual host, with queues of at most 100,000 messages. */
  public RabbitSettings settings(int partitions) {
    return settings(rabbit.uri(), proxy.port(), partitions);
  }

  /** The same with one partition, and queues that give a message up so early. */
  RabbitSettings givingUpAfter(int deliveries) {
    RabbitSettings patient = settings(1);
    return new RabbitSettings(
        patient.uri(),
        patient.username(),
        patient.password(),
        patient.connectionName(),
        patient.prefetch(),
        deliveries,
        patient.maxLength(),
        patient.partitions());
  }

  /**
   * Settings for the virtual host of a URI with user and password.
   *
   * @param port where it is reached instead
   */
  public static RabbitSettings settings(URI uri, int port, int partitions) {
    String[] credentials = uri.getUserInfo().split(":", -1);
    return new RabbitSettings(
        URI.create("amqp://127.0.0.1:" + port + uri.getPath()),
        credentials[0],
        credentials[1],
        "reserva-test",
        100,
        1_000,
        100_000,
        partitions);
  }

  /** A channel beside those of the tested program. */
  Channel channel() throws IOException {
    return connection.createChannel();
  }

  /** Removes the messages of a queue that exists. */
  public void purge(String queue) throws IOException {
    Channel channel = channel();
    channel.queuePurge(queue);
    channel.abort();
  }

  /** Cuts the connections of the tested program; returns how many there were. */
  long cut() {
    long before = proxy.affected();
    proxy.cut();
    return proxy.affected() - before;
  }

  @Override
  public void close() throws IOException {
    try (rabbit;
        proxy) {
      connection.abort();
    }
  }
}
