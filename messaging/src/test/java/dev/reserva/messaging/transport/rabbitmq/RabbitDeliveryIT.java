package dev.reserva.messaging.transport.rabbitmq;

import static dev.reserva.messaging.transport.rabbitmq.JoinedLogs.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.LoopState;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.DyingBeforeSettle;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How events and other messages pass RabbitMQ: once, in order, within limits. */
class RabbitDeliveryIT extends OnRabbit {

  @Test
  void two_partitions_with_a_consumer_each_keep_the_order_of_each_key() throws Exception {
    Broker partitioned = logs.consuming(2);
    assertThat(partitioned.queues()).containsExactly(queue + ".0", queue + ".1");
    List<IntakeLoop> both =
        partitioned.queues().stream().map(of -> logs.intake(of, partitioned)).toList();
    both.forEach(IntakeLoop::step);
    logs.relay();
    List<UUID> keys = LongStream.range(0, 20).mapToObj(i -> new UUID(i, 31 * i)).toList();
    for (long number = 0; number < 10; number++) {
      for (UUID key : keys) {
        logs.publish(key, number);
      }
    }

    logs.until(() -> keys.stream().allMatch(key -> logs.imported(key).size() == 10));

    for (UUID key : keys) {
      assertThat(logs.imported(key))
          .containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
    }
    assertThat(both).allSatisfy(each -> assertThat(each.counts().imported()).isPositive());
    assertThat(channel.messageCount(queue)).as("the single queue of before").isZero();
  }

  @Test
  void what_a_consumer_leaves_unsettled_when_it_dies_takes_effect_once() throws Exception {
    RelayLoop relay = logs.relay();
    logs.publish(KEY, 1, 2, 3);
    logs.until(() -> relay.position() == 3);
    IntakeLoop dying = logs.intake(queue, new DyingBeforeSettle(logs.consuming(1)));
    logs.until(() -> logs.imported(KEY).size() == 3);
    logs.end(dying);
    IntakeLoop next = logs.intake();
    logs.publish(KEY, 4);

    logs.until(() -> logs.imported(KEY).size() == 4 && next.counts().repeated() == 3);

    assertThat(logs.imported(KEY)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(channel.messageCount(queue)).isZero();
  }

  @Test
  void after_all_connections_are_cut_each_event_takes_effect_once_and_in_order() throws Exception {
    RelayLoop relay = logs.relay();
    logs.intake();
    logs.publish(KEY, 1, 2);
    logs.until(() -> logs.imported(KEY).size() == 2);
    logs.publish(KEY, 3, 4, 5);
    relay.step();

    assertThat(rabbit.cut()).isGreaterThanOrEqualTo(2);
    logs.until(() -> logs.imported(KEY).size() == 5);

    assertThat(logs.imported(KEY)).containsExactly(1L, 2L, 3L, 4L, 5L);
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
    logs.relay();
    logs.publish(KEY, 1);
    IntakeLoop intake = logs.intake();

    logs.until(() -> intake.counts().unreadable() == 1 && logs.imported(KEY).size() == 1);

    List<Unreadable> recorded = logs.consumer().inbox().list(null, 10);
    assertThat(recorded).hasSize(1);
    assertThat(recorded.getFirst().body()).isEqualTo(Bytes.of(body));
    assertThat(recorded.getFirst().headers()).contains("agent", "foreign", "toy.events");
    List<GetResponse> dead = new ArrayList<>();
    logs.until(() -> {
      GetResponse next = get(queue + ".dlq");
      if (next != null) {
        dead.add(next);
      }
      return !dead.isEmpty();
    });
    assertThat(dead.getFirst().getBody()).isEqualTo(body);
    assertThat(channel.messageCount(queue)).isZero();
    logs.until(() -> isEmptied(queue + ".dlq.intake"));
    assertThat(intake.counts().unreadable()).as("it is on record once").isOne();
  }

  @Test
  void a_full_queue_rejects_events_which_wait_in_the_log() throws Exception {
    RabbitSettings large = rabbit.settings(1);
    channel.queueDelete(queue);
    Broker broker =
        logs.consuming(
            new RabbitSettings(
                large.uri(),
                large.username(),
                large.password(),
                "reserva-test",
                100,
                1_000,
                1_000,
                1));
    broker.openConsumer(queue, new Signal()).close();
    RelayLoop relay = logs.relay();
    int events = 1_500;
    for (int i = 0; i < events; i++) {
      logs.publish(new UUID(9, i % 700), i);
    }
    logs.until(() -> relay.meter().total().failed() > 0);
    assertThat(relay.lastError()).contains("rejected");
    assertThat(relay.position()).isLessThan(events);

    IntakeLoop intake = logs.intake(queue, broker);
    logs.until(() -> intake.counts().imported() == events);

    for (int key = 0; key < 700; key++) {
      assertThat(logs.imported(new UUID(9, key))).isSorted();
    }
    logs.until(() -> relay.position() == events);
  }

  private boolean isEmptied(String of) {
    try {
      return channel.messageCount(of) == 0;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private GetResponse get(String from) {
    try {
      return channel.basicGet(from, true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
