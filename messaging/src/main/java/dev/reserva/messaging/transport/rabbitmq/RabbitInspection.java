package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.reserva.messaging.TopologyInspection;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.rabbitmq.RabbitManagement.Queue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a virtual host with the {@link RabbitTopology} of the process.
 *
 * <ul>
 *   <li>By AMQP: whether each exchange and queue is there, by passive declaration, and whether it
 *       has the properties that the process declares. That is a declaration as at the start of each
 *       connection. It follows only if the object is there, so it creates nothing, unless the
 *       object is deleted at that moment.
 *   <li>By the management API: bindings, policies, and the queues of other databases.
 * </ul>
 *
 * <p>Queues of other databases have settings of their own. What is the same whatever these are, is
 * compared.
 */
final class RabbitInspection implements TopologyInspection {

  private static final String UNCHECKED =
      "bindings, policies and the properties of other databases' queues: set"
          + " reserva.messaging.rabbitmq.management-url, and give the user the tag management";

  private final RabbitBroker broker;
  private final RabbitObjects own;
  private final Map<String, Set<String>> elsewhere;
  private final Optional<RabbitManagement> management;

  /**
   * @param elsewhere types that this process publishes, by the service on another database that
   *     consumes them
   */
  RabbitInspection(
      RabbitBroker broker,
      RabbitObjects own,
      Map<String, Set<String>> elsewhere,
      Optional<RabbitManagement> management) {
    this.broker = broker;
    this.own = own;
    this.elsewhere = elsewhere;
    this.management = management;
  }

  @Override
  public Report inspect() {
    List<Check> checks = new ArrayList<>();
    Connection connection = broker.connect("inspection");
    try {
      checks.add(exchanges(connection));
      checks.add(queues(connection));
      checks.add(queuesElsewhere(connection));
    } finally {
      RabbitBroker.close(connection);
    }
    if (management.isEmpty()) {
      return new Report(checks, List.of(UNCHECKED));
    }
    try {
      List<Queue> queues = management.get().queues();
      checks.addAll(
          new RabbitComparison(own, elsewhere, queues, management.get().bindings()).checks());
    } catch (BrokerUnavailable e) {
      checks.add(
          new Check(
              "rabbitmq.management-answers",
              1,
              List.of(new Finding("management API", String.valueOf(e.getMessage())))));
    }
    return new Report(checks, List.of());
  }

  private Check exchanges(Connection connection) {
    List<Finding> findings = new ArrayList<>();
    own.exchanges()
        .forEach((name, type) ->
            compare(
                    connection,
                    "exchange " + name,
                    channel -> channel.exchangeDeclarePassive(name),
                    channel -> channel.exchangeDeclare(name, type, true))
                .ifPresent(findings::add));
    return new Check("rabbitmq.exchanges", own.exchanges().size(), findings);
  }

  private Check queues(Connection connection) {
    List<Finding> findings = new ArrayList<>();
    own.queues()
        .forEach((name, arguments) ->
            compare(
                    connection,
                    "queue " + name,
                    channel -> channel.queueDeclarePassive(name),
                    channel -> channel.queueDeclare(name, true, false, false, arguments))
                .ifPresent(findings::add));
    return new Check("rabbitmq.queues", own.queues().size(), findings);
  }

  private Check queuesElsewhere(Connection connection) {
    List<Finding> findings = new ArrayList<>();
    elsewhere.forEach((service, types) -> {
      String queue = RabbitObjects.queueOf(service);
      if (isMissing(connection, queue) && isMissing(connection, queue + ".0")) {
        findings.add(
            new Finding(
                "queue " + queue,
                "does not exist: no process of %s has declared it, so events such as %s wait in the log"
                    .formatted(service, types.stream().sorted().findFirst().orElse("none"))));
      }
    });
    return new Check("rabbitmq.queues-elsewhere", elsewhere.size(), findings);
  }

  private static boolean isMissing(Connection connection, String queue) {
    return refusal(connection, channel -> channel.queueDeclarePassive(queue))
        .filter(refused -> refused.getReplyCode() == AMQP.NOT_FOUND)
        .isPresent();
  }

  private interface Declaration {
    void on(Channel channel) throws IOException;
  }

  private static Optional<Finding> compare(
      Connection connection, String object, Declaration passive, Declaration active) {
    Optional<AMQP.Channel.Close> absent = refusal(connection, passive);
    if (absent.isPresent()) {
      return absent.map(refused ->
          new Finding(
              object,
              refused.getReplyCode() == AMQP.NOT_FOUND
                  ? "does not exist; the process declares it when it connects again"
                  : "cannot be looked at: " + refused.getReplyText()));
    }
    return refusal(connection, active)
        .map(refused ->
            new Finding(
                object,
                "is there with other properties; restore the settings or delete it: "
                    + refused.getReplyText()));
  }

  /** Why RabbitMQ refuses a declaration; empty if it does not. */
  private static Optional<AMQP.Channel.Close> refusal(
      Connection connection, Declaration declaration) {
    try {
      Channel channel = connection.createChannel(); // RabbitMQ closes it if it refuses
      declaration.on(channel);
      channel.abort();
      return Optional.empty();
    } catch (IOException | ShutdownSignalException e) {
      if (RabbitTopology.closing(e) instanceof AMQP.Channel.Close close) {
        return Optional.of(close);
      }
      throw RabbitBroker.lost(e);
    }
  }
}
