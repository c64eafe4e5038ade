package dev.reserva.messaging.transport;

import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.transport.kafka.KafkaBroker;
import dev.reserva.messaging.transport.kafka.KafkaServer;
import dev.reserva.messaging.transport.kafka.KafkaSettings;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import dev.reserva.messaging.transport.kafka.KafkaTopic;
import dev.reserva.messaging.transport.kafka.KafkaTopology;
import java.util.Set;
import java.util.stream.Collectors;

/** {@link TransportContract} for two databases that Kafka joins. */
class KafkaTransportIT extends TransportContract {

  private static final KafkaSettings SETTINGS = KafkaServer.settings(GroupProtocol.CLASSIC);
  private static final Set<String> TYPES =
      TestFacts.catalogue().types().stream().map(type -> type.name()).collect(Collectors.toSet());

  @Override
  TransportHarness open() {
    String name = KafkaServer.freshName(); // of topics and group
    return new JoinedHarness(
        new PostgresHarness(),
        new PostgresHarness(),
        broker(name, Set.of()),
        broker(name, JoinedHarness.HEARD),
        JoinedHarness::nap);
  }

  private static Broker broker(String name, Set<String> heard) {
    return new KafkaBroker(
        SETTINGS,
        new KafkaTopology(
            name,
            TYPES,
            heard,
            context -> new KafkaTopic(name + "-" + context, SETTINGS.partitions())),
        heard.isEmpty() ? JoinedHarness.HEARD::contains : _ -> false,
        new TestEnvelopes().contentType());
  }
}
