package dev.reserva.messaging.transport.rabbitmq;

import static dev.reserva.messaging.transport.rabbitmq.JoinedLogs.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a process declares on RabbitMQ, and what it does where something is missing or refused. */
class RabbitTopologyIT extends OnRabbit {

  /** RabbitMQ refuses to declare a queue again with another argument, or without one. */
  @Test
  void queues_are_declared_with_their_limits_and_dead_letter_queues() throws IOException {
    Map<String, Object> arguments =
        Map.of(
            "x-queue-type",
            "quorum",
            "x-single-active-consumer",
            true,
            "x-delivery-limit",
            1_000,
            "x-dead-letter-exchange",
            "reserva.dlx",
            "x-dead-letter-routing-key",
            queue,
            "x-dead-letter-strategy",
            "at-least-once",
            "x-overflow",
            "reject-publish",
            "x-max-length",
            100_000);

    channel.queueDeclare(queue, true, false, false, arguments);
    channel.queueDeclare(queue + ".dlq", true, false, false, Map.of("x-queue-type", "quorum"));
    channel.queueDeclare(
        queue + ".dlq.intake",
        true,
        false,
        false,
        Map.of("x-queue-type", "quorum", "x-delivery-limit", 1_000_000));

    for (String argument : arguments.keySet()) {
      Map<String, Object> fewer = new HashMap<>(arguments);
      fewer.remove(argument);
      Channel refused = rabbit.channel();
      assertThatThrownBy(() -> refused.queueDeclare(queue, true, false, false, fewer))
          .as("without %s", argument)
          .isInstanceOf(IOException.class)
          .hasRootCauseInstanceOf(ShutdownSignalException.class)
          .rootCause()
          .hasMessageContaining("inequivalent arg '" + argument + "'");
    }
  }

  @Test
  void a_queue_with_other_properties_is_an_error_that_names_it() throws IOException {
    channel.queueDelete(queue);
    channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
    IntakeLoop intake = logs.intake();

    intake.step();

    assertThat(intake.state()).isEqualTo(LoopState.PROBING);
    assertThat(intake.lastError())
        .startsWith("queue " + queue + " is there with other properties; restore the settings or")
        .contains("inequivalent arg");
  }

  @Test
  void bindings_to_types_that_are_not_heard_are_removed() throws Exception {
    channel.queueBind(queue, "toy.events", TestFacts.NOTED);
    logs.consuming(1).openConsumer(queue, new Signal()).close();
    logs.publishUnheard(KEY);
    logs.publish(KEY, 1);
    logs.intake();
    logs.relay();

    logs.until(() -> !logs.imported(KEY).isEmpty());

    assertThat(logs.imported(KEY)).containsExactly(1L);
  }

  @Test
  void a_server_that_refuses_the_log_in_is_an_error_that_names_it() {
    RabbitSettings valid = rabbit.settings(1);
    Broker broker =
        logs.consuming(
            new RabbitSettings(
                valid.uri(), valid.username(), "wrong", "reserva-test", 100, 1_000, 100_000, 1));

    assertThatThrownBy(() -> broker.openPublisher(new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageStartingWith("RabbitMQ cannot be reached at amqp://127.0.0.1:")
        .hasMessageContaining("ACCESS_REFUSED")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void an_event_without_a_queue_stops_the_relay_and_is_delivered_once_it_has_one()
      throws Exception {
    channel.queueUnbind(queue, "toy.events", TestFacts.ADDED);
    RelayLoop relay = logs.relay();
    logs.publish(KEY, 1, 2);

    logs.until(() -> relay.lastError() != null);

    assertThat(relay.state()).isEqualTo(LoopState.PROBING);
    assertThat(relay.lastError())
        .isEqualTo("event type toy.counter.added has no queue at exchange toy.events");
    logs.intake(); // binds it when it connects
    logs.until(() -> logs.imported(KEY).size() == 2);
    assertThat(logs.imported(KEY)).containsExactly(1L, 2L);
    assertThat(relay.lastError()).isNull();
  }

  @Test
  void an_event_that_nobody_hears_needs_no_queue() throws Exception {
    RelayLoop relay = logs.relay();
    logs.publishUnheard(KEY);

    logs.until(() -> relay.position() == 1);

    assertThat(relay.lastError()).isNull();
  }

  @Test
  void what_was_deleted_from_the_server_is_declared_again_before_publishing_goes_on()
      throws Exception {
    RelayLoop relay = logs.relay();
    logs.intake();
    logs.publish(KEY, 1);
    logs.until(() -> logs.imported(KEY).size() == 1);

    channel.queueDelete(queue);
    channel.queueDelete(queue + ".dlq");
    channel.queueDelete(queue + ".dlq.intake");
    channel.exchangeDelete("toy.events");
    channel.exchangeDelete("reserva.dlx");
    logs.publish(KEY, 2, 3);
    logs.until(() -> logs.imported(KEY).size() == 3);

    assertThat(logs.imported(KEY)).containsExactly(1L, 2L, 3L);
    assertThat(relay.state()).isEqualTo(LoopState.RUNNING);
    assertThat(channel.queueDeclarePassive(queue + ".dlq").getConsumerCount()).isZero();
    assertThat(channel.queueDeclarePassive(queue + ".dlq.intake").getConsumerCount()).isOne();
    channel.exchangeDeclarePassive("reserva.dlx");
  }
}
