package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.Backbone.IntakeStatus;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.memory.MemoryBroker;
import dev.reserva.messaging.memory.MemoryBroker.Fault;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes with all their threads on two databases that a broker in memory joins. */
class JoinedBackbonesIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final UUID KEY = new UUID(1, 1);
  private static final String QUEUE = "toy.queue";

  private final BackboneFixture publishers = BackboneFixture.start();
  private final BackboneFixture consumers = BackboneFixture.start();
  private final BackboneFixture.Node publisher = publishers.node();
  private final BackboneFixture.Node consumer = consumers.node();
  private final MemoryBroker broker = new MemoryBroker();
  private final Broker consuming =
      broker.asSeenBy(Map.of(QUEUE, Set.of(TestFacts.ADDED)), _ -> false);
  private final Queue<Long> handled = new ConcurrentLinkedQueue<>();

  JoinedBackbonesIT() {
    consuming.openConsumer(QUEUE, new Signal()).close(); // declares the queue
  }

  @AfterEach
  void close() {
    try (publishers) {
      consumers.close();
    }
  }

  private RunningBackbone runPublisher() {
    return publisher.run(broker.asSeenBy(Map.of(), TestFacts.ADDED::equals));
  }

  private RunningBackbone runConsumer() {
    return consumer.run(
        consuming,
        Subscription.of(
            "toy",
            Set.of(TestFacts.ADDED),
            (batch, tx) -> {
              List<Long> numbers =
                  batch.stream().map(message -> message.payload(Added.class).number()).toList();
              tx.afterCommit(() -> handled.addAll(numbers));
            }));
  }

  private void publish(long number) {
    publisher.transactions().run(tx -> tx.publish(new Added(KEY, number), Cause.of("joined")));
  }

  private static SubscriptionStatus relay(RunningBackbone backbone) {
    return backbone.subscriptions().getLast();
  }

  private static IntakeStatus intake(RunningBackbone backbone) {
    return backbone.intakes().getFirst();
  }

  @Test
  void events_reach_the_handlers_of_the_other_database_once_and_in_order() {
    RunningBackbone relaying = runPublisher();
    RunningBackbone handling = runConsumer();
    for (long number = 0; number < 100; number++) {
      publish(number);
    }

    await().atMost(LONG).until(() -> handled.size() == 100);

    assertThat(handled).containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
    assertThat(relaying.awaitCaughtUp(RelayLoop.NAME, LONG)).isTrue();
    await().atMost(LONG).until(() -> relay(relaying).state().equals("running"));
    assertThat(relay(relaying))
        .isEqualTo(new SubscriptionStatus("relay", 100, 0, 0, 0, 100, 0, "running", null));
    await().atMost(LONG).until(() -> broker.bodies(QUEUE).isEmpty());
    assertThat(intake(handling))
        .isEqualTo(
            new IntakeStatus("intake.toy.queue", 100, 0, 0, OptionalLong.empty(), "running", null));
    assertThat(relay(handling).name()).isEqualTo(RelayLoop.NAME);
    assertThat(relay(handling).handled()).as("imported events go no further").isZero();
    assertThat(handling.rates().consumedPerMinute()).isPositive();
    assertThat(relaying.rates().consumedPerMinute()).as("a relay consumes nothing").isZero();
    assertThat(handling.rates().publishedPerMinute()).as("an import publishes nothing").isZero();
  }

  @Test
  void a_replay_of_the_relay_sends_again_what_then_takes_no_effect() {
    RunningBackbone relaying = runPublisher();
    RunningBackbone handling = runConsumer();
    for (long number = 0; number < 5; number++) {
      publish(number);
    }
    await().atMost(LONG).until(() -> handled.size() == 5);

    relaying.replay(RelayLoop.NAME, 2);

    assertThat(relaying.awaitCaughtUp(RelayLoop.NAME, LONG)).isTrue();
    await().atMost(LONG).until(() -> intake(handling).repeated() == 3);
    publish(5);
    await().atMost(LONG).until(() -> handled.size() == 6);
    assertThat(handled).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThatThrownBy(() -> relaying.replay(RelayLoop.NAME, 100))
        .hasMessage("position must be 0..6, was 100");
  }

  @Test
  void while_the_broker_is_down_both_sides_probe_and_then_go_on() {
    RunningBackbone relaying = runPublisher();
    RunningBackbone handling = runConsumer();
    publish(0);
    await().atMost(LONG).until(() -> handled.size() == 1);

    broker.stop();
    publish(1);
    await()
        .atMost(LONG)
        .until(() ->
            relay(relaying).state().equals("probing")
                && intake(handling).state().equals("probing"));
    assertThat(relay(relaying).lastError()).isEqualTo("the connection is lost");
    assertThat(intake(handling).lastError()).isEqualTo("the connection is lost");
    broker.start();

    await().atMost(LONG).until(() -> handled.size() == 2);
    assertThat(handled).containsExactly(0L, 1L);
  }

  @Test
  void through_faults_of_all_kinds_each_event_takes_effect_once_and_in_order() {
    for (Fault fault : Fault.values()) {
      if (fault != Fault.LOSE_CONFIRM) { // takes a minute to be noticed
        broker.plant(fault, 3);
      }
    }
    runPublisher();
    runConsumer();
    for (long number = 0; number < 100; number++) {
      publish(number);
    }

    await().atMost(LONG).until(() -> handled.size() >= 100 && broker.bodies(QUEUE).isEmpty());

    assertThat(handled).containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
    assertThat(broker.fired()).as("faults").isEqualTo(3 * (Fault.values().length - 1));
  }

  @Test
  void stopping_ends_relay_and_intake_and_gives_the_log_up() {
    RunningBackbone relaying = runPublisher();
    RunningBackbone handling = runConsumer();
    publish(0);
    await().atMost(LONG).until(() -> handled.size() == 1);

    assertThat(relaying.stop(LONG)).isTrue();
    assertThat(handling.stop(LONG)).isTrue();

    assertThat(relay(relaying).state()).isEqualTo("stopped");
    assertThat(intake(handling).state()).isEqualTo("stopped");
    assertThat(
            publishers.number(
                "select position from messaging.subscription where name = 'relay' and owner is"
                    + " null"))
        .isEqualTo(1);
  }

  @Test
  void one_of_two_processes_relays_and_the_other_takes_over_when_it_stops() {
    RunningBackbone first = runPublisher();
    await().atMost(LONG).until(() -> relay(first).state().equals("running"));
    RunningBackbone second =
        publishers.node().run(broker.asSeenBy(Map.of(), TestFacts.ADDED::equals));
    runConsumer();
    publish(0);
    await().atMost(LONG).until(() -> handled.size() == 1);
    assertThat(relay(second).state()).isEqualTo("standby");

    assertThat(first.stop(LONG)).isTrue();
    publish(1);

    await().atMost(LONG).until(() -> handled.size() == 2);
    assertThat(relay(second).state()).isEqualTo("running");
  }

  @Test
  void without_a_broker_there_is_neither_relay_nor_intake() {
    RunningBackbone alone = publisher.run(Subscription.of("toy", Set.of("x"), (_, _) -> {}));

    assertThat(alone.subscriptions()).extracting(SubscriptionStatus::name).containsExactly("toy");
    assertThat(alone.intakes()).isEmpty();
    assertThatThrownBy(() -> alone.replay(RelayLoop.NAME, 0))
        .hasMessage("there is no subscription relay");
  }
}
