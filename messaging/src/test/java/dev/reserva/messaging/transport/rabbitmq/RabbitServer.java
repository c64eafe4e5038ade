package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * A virtual host of this Java process on the RabbitMQ of this machine: port 5672, user guest. It is
 * made with {@code rabbitmqctl}, and deleted when the process ends.
 */
public final class RabbitServer {

  private static final String VIRTUAL_HOST = create();
  private static Connection connection = connect();

  private RabbitServer() {}

  private static String create() {
    String name = "reserva-test-" + UUID.randomUUID();
    control("add_vhost", name);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> control("delete_vhost", name)));
    control("set_permissions", "-p", name, "guest", ".*", ".*", ".*");
    return name;
  }

  /** Runs {@code rabbitmqctl}, and returns its output. */
  static String control(String... arguments) {
    List<String> command = new ArrayList<>(List.of("rabbitmqctl", "--quiet"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException("these tests need RabbitMQ and rabbitmqctl", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  private static Connection connect() {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setVirtualHost(VIRTUAL_HOST);
    factory.setThreadFactory(Thread.ofPlatform().daemon().factory());
    try {
      return factory.newConnection("test");
    } catch (IOException | TimeoutException e) {
      throw new IllegalStateException("these tests need RabbitMQ at 127.0.0.1:5672", e);
    }
  }

  static String virtualHost() {
    return VIRTUAL_HOST;
  }

  /** A channel beside those of the tested program. */
  static synchronized Channel channel() {
    if (!connection.isOpen()) {
      connection = connect(); // a test has closed all connections
    }
    try {
      return connection.createChannel();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings for this virtual host. */
  public static RabbitSettings settings(int partitions) {
    return new RabbitSettings(
        URI.create("amqp://127.0.0.1/" + VIRTUAL_HOST),
        "guest",
        "guest",
        "reserva-test",
        100,
        1_000,
        100_000,
        partitions);
  }

  /** Closes all connections of the tested program. */
  static void closeConnections() {
    control("close_all_connections", "--vhost", VIRTUAL_HOST, "test");
  }

  /** Removes the messages of a queue; nothing when there is no such queue. */
  public static void purge(String queue) {
    Channel channel = channel();
    try {
      channel.queuePurge(queue);
      channel.abort();
    } catch (IOException e) {
      if (channel.isOpen()) {
        throw new IllegalStateException(e);
      }
    }
  }
}
