package dev.reserva.messaging.transport.rabbitmq;

import static dev.reserva.messaging.transport.rabbitmq.JoinedLogs.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.RelayLoop;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerConsumer.Received;
import dev.reserva.messaging.transport.DyingBeforeSettle;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages whose deliveries end unsettled until RabbitMQ gives them up. */
class RabbitGivenUpIT extends OnRabbit {

  private static final int LIMIT = 2;
  private static final String REASON =
      "RabbitMQ gave the message up at the limit of 2 deliveries, because none was acknowledged";

  private Broker broker;

  @BeforeEach
  void setTheLimit() throws IOException {
    channel.queueDelete(queue); // its limit cannot be changed
    broker = logs.consuming(rabbit.givingUpAfter(LIMIT));
    broker.openConsumer(queue, new Signal()).close();
  }

  private void publishAndRelay(long... numbers) throws InterruptedException {
    RelayLoop relay = logs.relay();
    List<Event> published = logs.publish(KEY, numbers);
    logs.until(() -> relay.position() == published.size());
  }

  /** Consumers that get all messages of the queue and die, until it has given them up. */
  private int dieUntilGivenUp(int messages) throws InterruptedException {
    int deaths = 0;
    while (count(queue + ".dlq") < messages) {
      Signal signal = new Signal();
      try (BrokerConsumer dying = broker.openConsumer(queue, signal)) {
        int got = 0;
        while (got < messages && count(queue + ".dlq") < messages) {
          got += fromQueue(dying.poll(messages)).size();
          signal.await(Duration.ofMillis(50));
        }
      }
      deaths++;
    }
    return deaths;
  }

  private static List<Received> fromQueue(List<Received> polled) {
    return polled.stream().filter(message -> message.givenUp() == null).toList();
  }

  private long count(String of) {
    try {
      return channel.messageCount(of);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Unreadable> recorded() {
    return logs.consumer().inbox().list(null, 10);
  }

  @Test
  void it_is_recorded_as_it_came_with_the_reason_and_what_follows_is_imported() throws Exception {
    List<Event> lost = logs.publish(KEY, 1, 2);
    RelayLoop relay = logs.relay();
    logs.until(() -> relay.position() == 2);
    assertThat(dieUntilGivenUp(2)).isGreaterThanOrEqualTo(LIMIT);
    IntakeLoop intake = logs.intake(queue, broker);
    logs.publish(KEY, 3);

    logs.until(() -> intake.counts().unreadable() == 2 && !logs.imported(KEY).isEmpty());

    assertThat(logs.imported(KEY)).containsExactly(3L);
    assertThat(recorded())
        .extracting(Unreadable::body)
        .containsExactlyInAnyOrderElementsOf(
            lost.stream().map(event -> new TestEnvelopes().encode(event)).toList());
    assertThat(recorded())
        .allSatisfy(message -> {
          assertThat(message.queue()).isEqualTo(queue);
          assertThat(message.reason()).isEqualTo(REASON);
          assertThat(message.headers()).contains("x-death", "delivery_limit", KEY.toString());
        });
    logs.until(() -> count(queue + ".dlq.intake") == 0);
    assertThat(count(queue + ".dlq")).as("kept there").isEqualTo(2);
  }

  @Test
  void it_is_recorded_once_by_consumers_that_die_before_they_acknowledge_it() throws Exception {
    publishAndRelay(1);
    dieUntilGivenUp(1);
    for (int i = 0; i < 2; i++) {
      IntakeLoop dying = logs.intake(queue, new DyingBeforeSettle(broker));
      logs.until(() -> dying.counts().unreadable() == 1);
      logs.end(dying);
    }
    IntakeLoop next = logs.intake(queue, broker);

    logs.until(() -> next.counts().unreadable() == 1);

    assertThat(recorded()).hasSize(1);
    logs.until(() -> count(queue + ".dlq.intake") == 0);
  }

  @Test
  void an_event_that_was_imported_by_each_consumer_that_died_took_effect_once() throws Exception {
    publishAndRelay(1);
    for (int deaths = 0; count(queue + ".dlq") == 0; deaths++) {
      assertThat(deaths).isLessThan(10);
      IntakeLoop dying = logs.intake(queue, new DyingBeforeSettle(broker));
      logs.until(() ->
          dying.counts().imported() + dying.counts().repeated() == 1 || count(queue + ".dlq") == 1);
      logs.end(dying);
    }
    IntakeLoop next = logs.intake(queue, broker);

    logs.until(() -> next.counts().unreadable() == 1);

    assertThat(logs.imported(KEY)).containsExactly(1L);
    assertThat(recorded()).extracting(Unreadable::reason).containsExactly(REASON);
  }
}
