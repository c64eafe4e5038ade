package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.transport.BrokerPublisher;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kafka loses records that it has confirmed: the relay sends nothing until an operator sets it
 * back.
 */
class KafkaLossIT {

  private static final UUID KEY = new UUID(1, 1);
  private static final String LOST =
      "the broker has lost what it had, or is another one; set the relay back";

  private final KafkaWorld world = new KafkaWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private void awaitLoss(RelayLoop relay) throws Exception {
    world.until(() -> String.valueOf(relay.lastError()).startsWith(LOST));
    assertThat(relay.state()).isEqualTo(LoopState.PROBING);
  }

  private void deleteTopic() throws Exception {
    try (Admin admin = KafkaServer.admin()) {
      admin.deleteTopics(List.of(world.topic())).all().get();
    }
  }

  /** As a consumer's process does when it connects. */
  private void createTopicAgain() throws Exception {
    world.until(() -> {
      try (Admin admin = KafkaServer.admin()) {
        return !admin.listTopics().names().get().contains(world.topic());
      }
    });
    try (Admin admin = KafkaServer.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(world.topic(), 3, (short) 1)
                      .configs(Map.of("retention.ms", "86400000"))))
          .all()
          .get();
    }
  }

  /** Five events of one key, of which the consumer gets three before the cluster is empty. */
  @Test
  void a_cluster_that_comes_back_empty_gets_nothing_until_the_relay_is_set_back() throws Exception {
    RelayLoop relay = world.relay(world.publishing(true));
    IntakeLoop intake = world.intake(world.consuming(GroupProtocol.CLASSIC));
    world.publish(KEY, 0, 1, 2);
    world.until(() -> world.imported(KEY).size() == 3);
    world.end(intake);
    world.publish(KEY, 3, 4);
    world.until(() -> relay.position() == 5);

    KafkaServer.wipe();
    world.publish(KEY, 5);
    awaitLoss(relay);
    IntakeLoop next = world.intake(world.consuming(GroupProtocol.CLASSIC));
    world.until(() -> next.state() == LoopState.RUNNING && next.lag().orElse(-1) == 0);
    assertThat(world.imported(KEY)).as("3 and 4 are lost, so 5 has to wait").hasSize(3);

    world.kill(relay);
    RelayLoop restarted = world.relay(world.publishing(true));
    awaitLoss(restarted);
    assertThat(world.imported(KEY)).hasSize(3);

    world.setRelayBack(0);

    world.until(() -> world.imported(KEY).size() == 6);
    assertThat(world.imported(KEY))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 5).boxed().toList());
    assertThat(next.counts().repeated()).as("what the inbox knew").isEqualTo(3);
    world.until(() -> restarted.state() == LoopState.RUNNING);
    assertThat(restarted.lastError()).isNull();
  }

  /** The producer notices nothing when the topic is there again. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_topic_that_is_deleted_gets_nothing_until_the_relay_is_set_back(boolean createdAgain)
      throws Exception {
    RelayLoop relay = world.relay(world.publishing(true));
    world.publish(KEY, 0);
    world.until(() -> relay.position() == 1);

    deleteTopic();
    if (createdAgain) {
      createTopicAgain();
    }
    world.publish(KEY, 1);
    awaitLoss(relay);
    assertThat(relay.position()).isEqualTo(1);

    world.setRelayBack(0);
    world.intake(world.consuming(GroupProtocol.CLASSIC));
    world.until(() -> world.imported(KEY).size() == 2);
    // Before it was noticed, the second event may have reached the new topic.
    assertThat(world.imported(KEY)).containsExactlyInAnyOrder(0L, 1L);
  }

  @Test
  void a_topic_that_is_new_is_marked_before_the_first_event() throws Exception {
    RelayLoop relay = world.relay(world.publishing(false)); // the topic does not exist
    relay.step(); // begins before the event
    world.publish(KEY, 0);
    world.until(() -> relay.lastError() != null);
    world.intake(world.consuming(GroupProtocol.CLASSIC)); // creates it
    world.until(() -> world.imported(KEY).size() == 1);
    world.until(() -> relay.position() == 1);

    world.end(relay);
    deleteTopic();
    RelayLoop restarted = world.relay(world.publishing(true));
    world.publish(KEY, 1);

    awaitLoss(restarted);
  }

  @Test
  void a_relay_that_was_stopped_in_good_order_goes_on() throws Exception {
    RelayLoop relay = world.relay(world.publishing(true));
    world.intake(world.consuming(GroupProtocol.CLASSIC));
    world.publish(KEY, 0);
    world.until(() -> relay.position() == 1);
    world.end(relay);
    world.publish(KEY, 1);

    RelayLoop restarted = world.relay(world.publishing(true));

    world.until(() -> restarted.position() == 2 && world.imported(KEY).size() == 2);
    assertThat(world.imported(KEY)).containsExactly(0L, 1L);
  }

  @Test
  void each_log_has_a_mark_of_its_own() {
    UUID log = UUID.randomUUID();
    try (BrokerPublisher publisher = world.publishing(true).openPublisher(new Signal())) {
      assertThat(publisher.remembers(log)).isFalse();
      publisher.remember(log);
      assertThat(publisher.remembers(log)).isTrue();
      assertThat(publisher.remembers(UUID.randomUUID())).isFalse();
    }
  }

  @Test
  void where_topics_may_not_be_created_that_of_the_marks_is_asked_for() throws Exception {
    try (Admin admin = KafkaServer.admin()) {
      admin.deleteTopics(List.of(KafkaMarks.TOPIC.name())).all().get();
      world.until(() -> !admin.listTopics().names().get().contains(KafkaMarks.TOPIC.name()));
    }

    assertThatThrownBy(() -> world.publishing(false).openPublisher(new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessage("topics reserva.relays do not exist: create them, or let them be created");

    world.publishing(true).openPublisher(new Signal()).close();
    world.publishing(false).openPublisher(new Signal()).close();
  }
}
