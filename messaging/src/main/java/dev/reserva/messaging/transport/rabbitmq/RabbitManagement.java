package dev.reserva.messaging.transport.rabbitmq;

import java.util.List;
import java.util.Map;

/** What RabbitMQ's management API tells of a virtual host. AMQP does not tell it. */
public interface RabbitManagement {

  /**
   * @throws dev.reserva.messaging.transport.BrokerUnavailable when the API does not answer, or
   *     refuses
   */
  List<Queue> queues();

  /**
   * Without those of the default exchange, which each queue has.
   *
   * @throws dev.reserva.messaging.transport.BrokerUnavailable when the API does not answer, or
   *     refuses
   */
  List<Binding> bindings();

  /**
   * @param type {@code quorum}, {@code classic} or {@code stream}
   * @param arguments of its declaration, as texts
   * @param policy what policies and operator policies add, as texts
   */
  record Queue(
      String name, String type, Map<String, String> arguments, Map<String, String> policy) {}

  /**
   * @param destination a queue or an exchange
   * @param arguments as texts
   */
  record Binding(
      String source,
      String destination,
      boolean toQueue,
      String routingKey,
      Map<String, String> arguments) {

    @Override
    public String toString() {
      return "from exchange %s by key '%s'%s to %s %s"
          .formatted(
              source,
              routingKey,
              arguments.isEmpty() ? "" : " with " + arguments,
              toQueue ? "queue" : "exchange",
              destination);
    }
  }
}
