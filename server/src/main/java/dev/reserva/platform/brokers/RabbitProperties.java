package dev.reserva.platform.brokers;

import dev.reserva.messaging.transport.rabbitmq.RabbitManagement;
import dev.reserva.messaging.transport.rabbitmq.RabbitSettings;
import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.Secret;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.messaging.rabbitmq.*}
 *
 * @param uri {@code amqp[s]://host[:port][/virtual-host]}
 * @param username who connects
 * @param password must be set if RabbitMQ is the transport
 * @param prefetch most messages that a process holds unsettled for each queue, 1..10,000
 * @param partitions queues of each service, 1..64
 * @param queueLength most messages in a queue, 1,000..2,147,483,647
 * @param deliveryLimit deliveries after which a queue gives a message up, 1..1,000,000
 * @param managementUrl {@code http[s]://host[:port][/prefix]} of the management API, where the
 *     check of the topology looks at bindings and policies
 */
@ConfigurationProperties("reserva.messaging.rabbitmq")
public record RabbitProperties(
    @DefaultValue("amqp://localhost") URI uri,
    @DefaultValue("guest") String username,
    @Secret @DefaultValue("") String password,
    @DefaultValue("500") int prefetch,
    @DefaultValue("1") int partitions,
    @DefaultValue("1000000") int queueLength,
    @DefaultValue("1000") int deliveryLimit,
    @Nullable URI managementUrl) {

  private static final String PREFIX = "reserva.messaging.rabbitmq.";

  public RabbitProperties {
    Allowed.range(PREFIX + "prefetch", prefetch, 1, 10_000);
    Allowed.range(PREFIX + "partitions", partitions, 1, 64);
    Allowed.range(PREFIX + "queue-length", queueLength, 1_000, Integer.MAX_VALUE);
    Allowed.range(PREFIX + "delivery-limit", deliveryLimit, 1, 1_000_000);
    if (managementUrl != null && !isUrl(managementUrl)) {
      throw new IllegalArgumentException(
          PREFIX + "management-url must be http[s]://host[:port][/prefix] without credentials");
    }
  }

  private static boolean isUrl(URI uri) {
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getQuery() == null
        && uri.getFragment() == null;
  }

  /** The management API, if the property names it. */
  Optional<RabbitManagement> management() {
    return managementUrl == null
        ? Optional.empty()
        : Optional.of(
            new HttpRabbitManagement(
                managementUrl, settings("management").virtualHost(), username, password));
  }

  /**
   * @param connectionName shown by RabbitMQ's tools
   * @throws IllegalArgumentException if the address is not allowed or there is no password
   */
  RabbitSettings settings(String connectionName) {
    if (password.isEmpty()) {
      throw new IllegalArgumentException(
          PREFIX + "password must be set, or " + PREFIX + "password-file");
    }
    try {
      return new RabbitSettings(
          uri,
          username,
          password,
          connectionName,
          prefetch,
          deliveryLimit,
          queueLength,
          partitions);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + e.getMessage(), e);
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s as %s".formatted(uri, username);
  }
}
