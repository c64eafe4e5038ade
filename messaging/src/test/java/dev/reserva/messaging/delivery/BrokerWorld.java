package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryBroker;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.Signal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/** Two logs in memory, and a broker between them. A test drives the loops step by step. */
final class BrokerWorld {

  static final String QUEUE = "toy.queue";
  static final UUID PUBLISHERS_LOG = new UUID(7, 1);
  static final UUID CONSUMERS_LOG = new UUID(7, 2);
  private static final Cause CAUSE = Cause.of("broker");

  final EventCatalogue catalogue = TestFacts.catalogue();
  final MemoryBackbone publisher = backbone(1);
  final MemoryBackbone consumer = backbone(2);
  final MemoryBroker broker = new MemoryBroker();
  final Broker publishersBroker = broker.asSeenBy(Map.of(), TestFacts.ADDED::equals);
  final Broker consumersBroker =
      broker.asSeenBy(Map.of(QUEUE, Set.of(TestFacts.ADDED)), _ -> false);

  BrokerWorld() {
    declareQueue();
  }

  /** As the consuming process does when it connects. */
  void declareQueue() {
    consumersBroker.openConsumer(QUEUE, new Signal()).close();
  }

  private MemoryBackbone backbone(int number) {
    return MemoryBackbone.joined(
        catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue), number, number);
  }

  /** A relay in a process of its own. */
  RelayLoop relay() {
    return relay(publisher.process(Faults.NONE));
  }

  RelayLoop relay(LoopParts process) {
    return new RelayLoop(
        publisher.brokerParts(publishersBroker, PUBLISHERS_LOG),
        process,
        new RateMeter(publisher.clock()::nanoTime));
  }

  /** An intake in a process of its own. */
  IntakeLoop intake() {
    return intake(consumer.process(Faults.NONE));
  }

  IntakeLoop intake(LoopParts process) {
    return new IntakeLoop(QUEUE, consumer.brokerParts(consumersBroker, CONSUMERS_LOG), process);
  }

  /** Publishes in one transaction of the publishing side. */
  List<Event> publish(UUID key, long... numbers) {
    return publisher
        .transactions()
        .call(tx ->
            LongStream.of(numbers)
                .mapToObj(number -> tx.publish(new Added(key, number), CAUSE))
                .toList());
  }

  /** The numbers of a key in the queue, in their order. */
  List<Long> queued(UUID key) {
    return broker.bodies(QUEUE).stream()
        .map(publisher.brokerParts(publishersBroker, PUBLISHERS_LOG).codec()::decode)
        .filter(event -> event.key().equals(key))
        .map(this::number)
        .toList();
  }

  /** The numbers of a key in the consumer's log, in their order. */
  List<Long> imported(UUID key) {
    return consumer.log().ofKey(key, 0, Integer.MAX_VALUE).stream()
        .map(entry -> number(entry.event()))
        .toList();
  }

  private long number(Event event) {
    return catalogue.payload(event) instanceof Added added ? added.number() : -1;
  }

  long recorded() {
    return publisher.cursors().position(RelayLoop.NAME).orElse(0);
  }
}
