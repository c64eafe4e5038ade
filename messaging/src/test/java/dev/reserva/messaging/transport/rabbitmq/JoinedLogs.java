package dev.reserva.messaging.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * RabbitMQ between two logs in memory, whose loops a test drives step by step. It has queues of its
 * own, and deletes them in the end.
 */
final class JoinedLogs implements AutoCloseable {

  static final UUID KEY = new UUID(1, 1);
  static final String HEARD = TestFacts.ADDED;
  private static final Set<String> TYPES =
      TestFacts.catalogue().types().stream().map(type -> type.name()).collect(Collectors.toSet());
  private static final Cause CAUSE = Cause.of("rabbit");
  private static final AtomicInteger SERVICES = new AtomicInteger();

  private final TestRabbit rabbit;
  private final EventCatalogue catalogue = TestFacts.catalogue();
  private final MemoryBackbone publisher = backbone(1);
  private final MemoryBackbone consumer = backbone(2);
  private final String service = "service" + SERVICES.incrementAndGet();
  private final Channel channel;
  private final List<RelayLoop> relays = new ArrayList<>();
  private final List<IntakeLoop> intakes = new ArrayList<>();

  /** Declares the queue. */
  JoinedLogs(TestRabbit rabbit) throws IOException {
    this.rabbit = rabbit;
    this.channel = rabbit.channel();
    consuming(1).openConsumer(queue(), new Signal()).close();
  }

  private MemoryBackbone backbone(int number) {
    return MemoryBackbone.joined(
        catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue), number, number);
  }

  /** The queue of a single partition. */
  String queue() {
    return service + ".queue";
  }

  /** A channel beside those of the loops. */
  Channel channel() {
    return channel;
  }

  MemoryBackbone consumer() {
    return consumer;
  }

  /** RabbitMQ as the consuming process sees it. */
  Broker consuming(int partitions) {
    return consuming(rabbit.settings(partitions));
  }

  Broker consuming(RabbitSettings settings) {
    return new RabbitBroker(
        settings,
        new RabbitTopology(Set.of(service), TYPES, Set.of(HEARD), settings),
        _ -> false,
        new TestEnvelopes().contentType());
  }

  RelayLoop relay() {
    RabbitSettings settings = rabbit.settings(1);
    Broker broker =
        new RabbitBroker(
            settings,
            new RabbitTopology(Set.of(), TYPES, Set.of(), settings),
            HEARD::equals,
            new TestEnvelopes().contentType());
    RelayLoop relay =
        new RelayLoop(
            publisher.brokerParts(broker, new UUID(7, 1)),
            publisher.process(Faults.NONE),
            new RateMeter(publisher.clock()::nanoTime));
    relays.add(relay);
    return relay;
  }

  /** An intake of the queue. */
  IntakeLoop intake() {
    return intake(queue(), consuming(1));
  }

  IntakeLoop intake(String of, Broker broker) {
    IntakeLoop intake =
        new IntakeLoop(
            of, consumer.brokerParts(broker, new UUID(7, 2)), consumer.process(Faults.NONE));
    intakes.add(intake);
    return intake;
  }

  /** Ends it and its connection. The broker delivers again what it had not settled. */
  void end(IntakeLoop intake) {
    intakes.remove(intake);
    intake.stop();
    intake.run();
  }

  List<Event> publish(UUID key, long... numbers) {
    return publisher
        .transactions()
        .call(tx ->
            LongStream.of(numbers)
                .mapToObj(number -> tx.publish(new Added(key, number), CAUSE))
                .toList());
  }

  /** Publishes an event that nobody hears. */
  void publishUnheard(UUID key) {
    publisher.transactions().run(tx -> tx.publish(new Noted(key, "unheard"), CAUSE));
  }

  List<Long> imported(UUID key) {
    return consumer.log().ofKey(key, 0, Integer.MAX_VALUE).stream()
        .map(
            entry -> catalogue.payload(entry.event()) instanceof Added added ? added.number() : -1L)
        .toList();
  }

  /** Steps all loops until the condition holds. Time passes for pauses. */
  void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline)
          .as("relays: %s", relays.stream().map(RelayLoop::lastError).toList())
          .isNegative();
      relays.forEach(RelayLoop::step);
      intakes.forEach(IntakeLoop::step);
      publisher.clock().elapse(Duration.ofMillis(10));
      Thread.sleep(1);
    }
  }

  @Override
  public void close() throws IOException {
    List.copyOf(intakes).forEach(this::end);
    relays.forEach(relay -> {
      relay.stop();
      relay.run();
    });
    for (String name : List.of(queue(), queue() + ".0", queue() + ".1")) {
      channel.queueDelete(name);
      channel.queueDelete(name + ".dlq");
      channel.queueDelete(name + ".dlq.intake");
    }
    channel.exchangeDelete(service + ".partitions");
    channel.abort();
  }
}
