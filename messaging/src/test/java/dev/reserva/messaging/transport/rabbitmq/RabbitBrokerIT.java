package dev.reserva.messaging.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RabbitMQ between two logs in memory. */
class RabbitBrokerIT {

  private static final Cause CAUSE = Cause.of("rabbit");
  private static final UUID KEY = new UUID(1, 1);
  private static final Set<String> HEARD = Set.of(TestFacts.ADDED);
  private static final Set<String> TYPES =
      TestFacts.catalogue().types().stream().map(type -> type.name()).collect(Collectors.toSet());
  private static final AtomicInteger SERVICES = new AtomicInteger();

  private final EventCatalogue catalogue = TestFacts.catalogue();
  private final MemoryBackbone publisher = backbone(1);
  private final MemoryBackbone consumer = backbone(2);

  /** Each test has queues of its own. */
  private final String service = "service" + SERVICES.incrementAndGet();

  private final String queue = service + ".queue";
  private final Channel channel = RabbitServer.channel();
  private final List<RelayLoop> relays = new ArrayList<>();
  private final List<IntakeLoop> intakes = new ArrayList<>();

  private MemoryBackbone backbone(int number) {
    return MemoryBackbone.joined(
        catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue), number, number);
  }

  @BeforeEach
  void declare() {
    rabbit(1).openConsumer(queue, new Signal()).close();
  }

  @AfterEach
  void deleteQueues() throws IOException {
    intakes.forEach(intake -> {
      intake.stop();
      intake.run();
    });
    relays.forEach(relay -> {
      relay.stop();
      relay.run();
    });
    Channel deleting = RabbitServer.channel();
    for (String name : List.of(queue, queue + ".0", queue + ".1")) {
      deleting.queueDelete(name);
      deleting.queueDelete(name + ".dlq");
    }
    deleting.exchangeDelete(service + ".partitions");
    deleting.abort();
    channel.abort();
  }

  /** RabbitMQ as the consuming process sees it. */
  private Broker rabbit(int partitions) {
    RabbitSettings settings = RabbitServer.settings(partitions);
    return new RabbitBroker(
        settings,
        new RabbitTopology(Set.of(service), TYPES, HEARD, settings),
        _ -> false,
        new TestEnvelopes().contentType());
  }

  private RelayLoop relay() {
    return relay(HEARD::contains);
  }

  private RelayLoop relay(Predicate<String> heardElsewhere) {
    RabbitSettings settings = RabbitServer.settings(1);
    Broker broker =
        new RabbitBroker(
            settings,
            new RabbitTopology(Set.of(), TYPES, Set.of(), settings),
            heardElsewhere,
            new TestEnvelopes().contentType());
    RelayLoop relay =
        new RelayLoop(
            publisher.brokerParts(broker, new UUID(7, 1)),
            publisher.process(Faults.NONE),
            new RateMeter(publisher.clock()::nanoTime));
    relays.add(relay);
    return relay;
  }

  private IntakeLoop intake(String of, Broker broker) {
    IntakeLoop intake =
        new IntakeLoop(
            of, consumer.brokerParts(broker, new UUID(7, 2)), consumer.process(Faults.NONE));
    intakes.add(intake);
    return intake;
  }

  private List<Event> publish(UUID key, long... numbers) {
    return publisher
        .transactions()
        .call(tx ->
            LongStream.of(numbers)
                .mapToObj(number -> tx.publish(new Added(key, number), CAUSE))
                .toList());
  }

  private List<Long> imported(UUID key) {
    return consumer.log().ofKey(key, 0, Integer.MAX_VALUE).stream()
        .map(
            entry -> catalogue.payload(entry.event()) instanceof Added added ? added.number() : -1L)
        .toList();
  }

  /** Steps all loops until the condition holds. Time passes for pauses. */
  private void until(BooleanSupplier condition) throws InterruptedException {
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

  @Test
  void queues_are_declared_with_their_limits_and_dead_letter_queues() {
    String queues =
        RabbitServer.control(
            "list_queues",
            "-p",
            RabbitServer.virtualHost(),
            "name",
            "type",
            "durable",
            "arguments");

    assertThat(queues.lines().filter(line -> line.startsWith(queue + "\t")))
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .contains("\tquorum\ttrue\t")
                .contains("{\"x-single-active-consumer\",true}")
                .contains("{\"x-delivery-limit\",1000}")
                .contains("{\"x-dead-letter-exchange\",\"reserva.dlx\"}")
                .contains("{\"x-dead-letter-routing-key\",\"" + queue + "\"}")
                .contains("{\"x-dead-letter-strategy\",\"at-least-once\"}")
                .contains("{\"x-overflow\",\"reject-publish\"}")
                .contains("{\"x-max-length\",100000}"));
    assertThat(queues.lines().filter(line -> line.startsWith(queue + ".dlq\t")))
        .singleElement()
        .satisfies(
            line -> assertThat(line).contains("\tquorum\ttrue\t").doesNotContain("x-expires"));
  }

  @Test
  void a_queue_with_other_properties_is_an_error_that_names_it() throws IOException {
    channel.queueDelete(queue);
    channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
    IntakeLoop intake = intake(queue, rabbit(1));

    intake.step();

    assertThat(intake.state()).isEqualTo(LoopState.PROBING);
    assertThat(intake.lastError())
        .startsWith("queue " + queue + " is there with other properties; restore the settings or")
        .contains("inequivalent arg");
  }

  @Test
  void bindings_to_types_that_are_not_heard_are_removed() throws Exception {
    channel.queueBind(queue, "toy.events", TestFacts.NOTED);
    rabbit(1).openConsumer(queue, new Signal()).close();
    publisher.transactions().run(tx -> tx.publish(new Noted(KEY, "unheard"), CAUSE));
    publish(KEY, 1);
    intake(queue, rabbit(1));
    relay();

    until(() -> !imported(KEY).isEmpty());

    assertThat(imported(KEY)).containsExactly(1L);
  }

  @Test
  void a_server_that_refuses_the_log_in_or_is_down_is_an_error_that_names_it() {
    RabbitSettings valid = RabbitServer.settings(1);
    RabbitSettings refused =
        new RabbitSettings(valid.uri(), "guest", "wrong", "reserva-test", 100, 1_000, 100_000, 1);
    Broker broker =
        new RabbitBroker(
            refused,
            new RabbitTopology(Set.of(service), TYPES, HEARD, refused),
            _ -> false,
            "text/plain");

    assertThatThrownBy(() -> broker.openPublisher(new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageStartingWith("RabbitMQ cannot be reached at amqp://127.0.0.1/")
        .hasMessageContaining("ACCESS_REFUSED")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void an_event_without_a_queue_stops_the_relay_and_is_delivered_once_it_has_one()
      throws Exception {
    channel.queueUnbind(queue, "toy.events", TestFacts.ADDED);
    RelayLoop relay = relay();
    publish(KEY, 1, 2);

    until(() -> relay.lastError() != null);

    assertThat(relay.state()).isEqualTo(LoopState.PROBING);
    assertThat(relay.lastError())
        .isEqualTo("event type toy.counter.added has no queue at exchange toy.events");
    intake(queue, rabbit(1)); // binds it when it connects
    until(() -> imported(KEY).size() == 2);
    assertThat(imported(KEY)).containsExactly(1L, 2L);
    assertThat(relay.lastError()).isNull();
  }

  @Test
  void an_event_that_nobody_hears_needs_no_queue() throws Exception {
    RelayLoop relay = relay();
    publisher.transactions().run(tx -> tx.publish(new Noted(KEY, "unheard"), CAUSE));

    until(() -> relay.position() == 1);

    assertThat(relay.lastError()).isNull();
  }

  @Test
  void two_partitions_with_a_consumer_each_keep_the_order_of_each_key() throws Exception {
    Broker partitioned = rabbit(2);
    assertThat(partitioned.queues()).containsExactly(queue + ".0", queue + ".1");
    List<IntakeLoop> both =
        partitioned.queues().stream().map(of -> intake(of, partitioned)).toList();
    both.forEach(IntakeLoop::step);
    relay();
    List<UUID> keys = LongStream.range(0, 20).mapToObj(i -> new UUID(i, 31 * i)).toList();
    for (long number = 0; number < 10; number++) {
      for (UUID key : keys) {
        publish(key, number);
      }
    }

    until(() -> keys.stream().allMatch(key -> imported(key).size() == 10));

    for (UUID key : keys) {
      assertThat(imported(key)).containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
    }
    assertThat(both).allSatisfy(each -> assertThat(each.counts().imported()).isPositive());
    assertThat(channel.messageCount(queue)).as("the single queue of before").isZero();
  }

  @Test
  void what_a_consumer_leaves_unsettled_when_it_dies_takes_effect_once() throws Exception {
    relay();
    publish(KEY, 1, 2, 3);
    until(() -> relays.getFirst().position() == 3);
    IntakeLoop dying = intake(queue, new DyingBeforeSettle(rabbit(1)));
    until(() -> imported(KEY).size() == 3);
    intakes.remove(dying);
    IntakeLoop next = intake(queue, rabbit(1));
    publish(KEY, 4);

    until(() -> imported(KEY).size() == 4 && next.counts().repeated() == 3);

    assertThat(imported(KEY)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(channel.messageCount(queue)).isZero();
  }

  /** Its consumers die when they settle. */
  private record DyingBeforeSettle(Broker broker) implements Broker {
    @Override
    public List<String> queues() {
      return broker.queues();
    }

    @Override
    public BrokerPublisher openPublisher(Signal changed) {
      return broker.openPublisher(changed);
    }

    @Override
    public BrokerConsumer openConsumer(String queue, Signal arrived) {
      BrokerConsumer consumer = broker.openConsumer(queue, arrived);
      return new BrokerConsumer() {
        @Override
        public List<Received> poll(int max) {
          return consumer.poll(max);
        }

        @Override
        public void settle(List<Received> polled, List<Received> unreadable) {
          consumer.close();
          throw new BrokerUnavailable("died", new IllegalStateException());
        }

        @Override
        public void close() {
          consumer.close();
        }
      };
    }
  }

  @Test
  void after_all_connections_are_closed_each_event_takes_effect_once_and_in_order()
      throws Exception {
    RelayLoop relay = relay();
    intake(queue, rabbit(1));
    publish(KEY, 1, 2);
    until(() -> imported(KEY).size() == 2);
    publish(KEY, 3, 4, 5);
    relay.step();

    RabbitServer.closeConnections();
    until(() -> imported(KEY).size() == 5);

    assertThat(imported(KEY)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
  }

  @Test
  void an_unreadable_message_is_recorded_and_goes_to_the_dead_letter_queue() throws Exception {
    byte[] body = "no event".getBytes(StandardCharsets.UTF_8);
    channel.basicPublish(
        "toy.events",
        TestFacts.ADDED,
        new AMQP.BasicProperties.Builder().headers(Map.of("agent", "foreign")).build(),
        body);
    relay();
    publish(KEY, 1);
    IntakeLoop intake = intake(queue, rabbit(1));

    until(() -> intake.counts().unreadable() == 1 && imported(KEY).size() == 1);

    List<Unreadable> recorded = consumer.inbox().list(null, 10);
    assertThat(recorded).hasSize(1);
    assertThat(recorded.getFirst().body()).isEqualTo(Bytes.of(body));
    assertThat(recorded.getFirst().headers()).contains("agent", "foreign", "toy.events");
    List<GetResponse> dead = new ArrayList<>();
    until(() -> {
      GetResponse next = get(queue + ".dlq");
      if (next != null) {
        dead.add(next);
      }
      return !dead.isEmpty();
    });
    assertThat(dead.getFirst().getBody()).isEqualTo(body);
    assertThat(channel.messageCount(queue)).isZero();
  }

  private GetResponse get(String from) {
    try {
      return channel.basicGet(from, true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_was_deleted_from_the_server_is_declared_again_before_publishing_goes_on()
      throws Exception {
    RelayLoop relay = relay();
    intake(queue, rabbit(1));
    publish(KEY, 1);
    until(() -> imported(KEY).size() == 1);

    channel.queueDelete(queue);
    channel.queueDelete(queue + ".dlq");
    channel.exchangeDelete("toy.events");
    channel.exchangeDelete("reserva.dlx");
    publish(KEY, 2, 3);
    until(() -> imported(KEY).size() == 3);

    assertThat(imported(KEY)).containsExactly(1L, 2L, 3L);
    assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
    assertThat(channel.queueDeclarePassive(queue + ".dlq").getConsumerCount()).isZero();
    channel.exchangeDeclarePassive("reserva.dlx");
  }

  @Test
  void a_full_queue_rejects_events_which_wait_in_the_log() throws Exception {
    RabbitSettings valid = RabbitServer.settings(1);
    RabbitSettings small =
        new RabbitSettings(valid.uri(), "guest", "guest", "reserva-test", 100, 1_000, 1_000, 1);
    channel.queueDelete(queue);
    Broker broker =
        new RabbitBroker(
            small,
            new RabbitTopology(Set.of(service), TYPES, HEARD, small),
            _ -> false,
            new TestEnvelopes().contentType());
    broker.openConsumer(queue, new Signal()).close();
    RelayLoop relay = relay();
    int events = 1_500;
    for (int i = 0; i < events; i++) {
      publish(new UUID(9, i % 700), i);
    }
    until(() -> relay.meter().total().failed() > 0);
    assertThat(relay.lastError()).contains("rejected");
    assertThat(relay.position()).isLessThan(events);

    IntakeLoop intake = intake(queue, broker);
    until(() -> intake.counts().imported() == events);

    for (int key = 0; key < 700; key++) {
      assertThat(imported(new UUID(9, key))).isSorted();
    }
    until(() -> relay.position() == events);
  }
}
