package dev.reserva.messaging.transport.rabbitmq;

import java.net.URI;
import java.util.Set;

/**
 * How to reach RabbitMQ, and the limits of its queues.
 *
 * @param uri such as {@code amqp://localhost:5672/reserva}, where the path is the virtual host;
 *     {@code amqps} encrypts, and verifies the server's certificate and name
 * @param connectionName shown by RabbitMQ's tools
 * @param prefetch most messages that a consumer holds unsettled, 1..10,000
 * @param deliveryLimit deliveries after which a queue moves a message to its dead-letter queue,
 *     1..1,000,000. Each lost connection counts as one, so a low limit loses the effect of events
 * @param maxLength most messages in a queue, at least 1,000. A full queue rejects events, which
 *     then wait in the publisher's log
 * @param partitions queues of each service, 1..64. Change it only while the queues are empty,
 *     because no process consumes the queues that are not there any more
 */
public record RabbitSettings(
    URI uri,
    String username,
    String password,
    String connectionName,
    int prefetch,
    int deliveryLimit,
    long maxLength,
    int partitions) {

  public RabbitSettings {
    if (!Set.of("amqp", "amqps").contains(uri.getScheme())
        || uri.getHost() == null
        || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "uri must be amqp[s]://host[:port][/virtual-host] without credentials");
    }
    requireBetween("prefetch", prefetch, 1, 10_000);
    requireBetween("deliveryLimit", deliveryLimit, 1, 1_000_000);
    requireBetween("maxLength", maxLength, 1_000, Integer.MAX_VALUE);
    requireBetween("partitions", partitions, 1, RabbitTopology.SLOTS);
  }

  private static void requireBetween(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d..%d, was %d".formatted(name, min, max, value));
    }
  }

  boolean encrypted() {
    return uri.getScheme().equals("amqps");
  }

  int port() {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return encrypted() ? 5671 : 5672;
  }

  /** The path of the address; {@code /} if it has none. */
  public String virtualHost() {
    String path = uri.getPath();
    return path.length() <= 1 ? "/" : path.substring(1);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s as %s".formatted(uri, username);
  }
}
