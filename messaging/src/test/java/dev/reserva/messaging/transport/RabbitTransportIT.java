package dev.reserva.messaging.transport;

import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.transport.rabbitmq.RabbitBroker;
import dev.reserva.messaging.transport.rabbitmq.RabbitServer;
import dev.reserva.messaging.transport.rabbitmq.RabbitSettings;
import dev.reserva.messaging.transport.rabbitmq.RabbitTopology;
import java.util.Set;
import java.util.stream.Collectors;

/** {@link TransportContract} for two databases that RabbitMQ joins. */
class RabbitTransportIT extends TransportContract {

  private static final RabbitSettings SETTINGS = RabbitServer.settings(1);
  private static final Set<String> TYPES =
      TestFacts.catalogue().types().stream().map(type -> type.name()).collect(Collectors.toSet());

  @Override
  TransportHarness open() {
    RabbitServer.purge("toy.queue"); // the queue is that of the test before
    return new JoinedHarness(
        new PostgresHarness(),
        new PostgresHarness(),
        broker(Set.of()),
        broker(Set.of("toy")),
        JoinedHarness::nap);
  }

  private static Broker broker(Set<String> services) {
    return new RabbitBroker(
        SETTINGS,
        new RabbitTopology(services, TYPES, JoinedHarness.HEARD, SETTINGS),
        services.isEmpty() ? JoinedHarness.HEARD::contains : _ -> false,
        new TestEnvelopes().contentType());
  }
}
