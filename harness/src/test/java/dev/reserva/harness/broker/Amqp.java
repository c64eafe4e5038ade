package dev.reserva.harness.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the tests do with a broker of RabbitMQ, each with a connection of its own. */
final class Amqp {
  private static final long CONFIRM_MILLIS = 10_000;
  private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

  private Amqp() {}

  static Connection connect(URI uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }

  /** Declares a durable quorum queue. */
  static void declare(URI uri, String queue) throws Exception {
    try (Connection connection = connect(uri);
        Channel channel = connection.createChannel()) {
      channel.queueDeclare(queue, true, false, false, QUORUM);
    }
  }

  /** Publishes a persistent message to a queue, and waits for its confirm. */
  static void send(URI uri, String queue, String text) throws Exception {
    try (Connection connection = connect(uri);
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.basicPublish(
          "", queue, MessageProperties.PERSISTENT_BASIC, text.getBytes(StandardCharsets.UTF_8));
      channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
    }
  }

  /** Takes the first message of a queue that is not empty. */
  static String take(URI uri, String queue) throws Exception {
    try (Connection connection = connect(uri);
        Channel channel = connection.createChannel()) {
      GetResponse message = channel.basicGet(queue, true);
      assertThat(message).isNotNull();
      return new String(message.getBody(), StandardCharsets.UTF_8);
    }
  }
}
