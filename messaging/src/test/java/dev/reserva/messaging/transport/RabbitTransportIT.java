package dev.reserva.messaging.transport;

import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.transport.rabbitmq.RabbitBroker;
import dev.reserva.messaging.transport.rabbitmq.RabbitSettings;
import dev.reserva.messaging.transport.rabbitmq.RabbitTopology;
import dev.reserva.messaging.transport.rabbitmq.TestRabbit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@link TransportContract} for two databases that RabbitMQ joins. */
class RabbitTransportIT extends TransportContract {

  private static final String QUEUE = "toy.queue";
  private static final Set<String> TYPES =
      TestFacts.catalogue().types().stream().map(type -> type.name()).collect(Collectors.toSet());

  private static TestRabbit rabbit;

  @BeforeAll
  static void openRabbit() throws Exception {
    rabbit = TestRabbit.open();
    broker(Set.of("toy")).openConsumer(QUEUE, new Signal()).close(); // declares it
  }

  @AfterAll
  static void closeRabbit() throws IOException {
    rabbit.close();
  }

  @Override
  TransportHarness open() {
    try {
      rabbit.purge(QUEUE); // of the test before
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new JoinedHarness(
        new PostgresHarness(),
        new PostgresHarness(),
        broker(Set.of()),
        broker(Set.of("toy")),
        JoinedHarness::nap);
  }

  private static Broker broker(Set<String> services) {
    RabbitSettings settings = rabbit.settings(1);
    return new RabbitBroker(
        settings,
        new RabbitTopology(services, TYPES, JoinedHarness.HEARD, settings),
        services.isEmpty() ? JoinedHarness.HEARD::contains : _ -> false,
        new TestEnvelopes().contentType());
  }
}
