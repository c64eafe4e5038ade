package dev.reserva.messaging.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BlockedCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmCallback;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ReturnCallback;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.UnblockedCallback;
import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerPublisher.Outcome;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the publisher makes of the server's answers, without a server. */
class RabbitPublisherTest {

  private static final byte[] BODY = {1};

  /** The callbacks that the publisher has registered, by their type. */
  private final Map<Class<?>, Object> callbacks = new HashMap<>();

  private ConfirmCallback acknowledged = (_, _) -> {};
  private ConfirmCallback rejected = (_, _) -> {};
  private RabbitPublisher publisher;
  private long sent;

  @BeforeEach
  void open() throws IOException {
    publisher =
        new RabbitPublisher(
            proxy(Connection.class), proxy(Channel.class), _ -> true, "text/plain", new Signal());
    acknowledged = callback(ConfirmCallback.class);
  }

  private <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              Class<?>[] parameters = method.getParameterTypes();
              for (int i = 0; i < parameters.length; i++) {
                callbacks.putIfAbsent(parameters[i], arguments[i]);
              }
              if (method.getName().equals("addConfirmListener")) {
                rejected = (ConfirmCallback) arguments[1];
              }
              return method.getName().equals("getNextPublishSeqNo") ? ++sent : null;
            }));
  }

  private <T> T callback(Class<T> type) {
    return type.cast(Objects.requireNonNull(callbacks.get(type), type.getName()));
  }

  /**
   * @return the event's id
   */
  private UUID send(long number) {
    UUID id = new UUID(0, number);
    Event event = new Event(id, "toy.added", id, id, Instant.EPOCH, "test", null, null, null, "{}");
    publisher.send(number, new BrokerMessage(event, new UUID(7, 7), Bytes.of(BODY)));
    return id;
  }

  @Test
  void one_confirm_can_settle_several_messages_and_one_rejection_a_single_one() throws IOException {
    for (long number = 11; number <= 15; number++) {
      send(number);
    }

    rejected.handle(2, false);
    acknowledged.handle(4, true);

    assertThat(publisher.outcomes())
        .containsExactly(
            new Outcome.Rejected(12),
            new Outcome.Confirmed(11),
            new Outcome.Confirmed(13),
            new Outcome.Confirmed(14));
    assertThat(publisher.outcomes()).isEmpty();
  }

  @Test
  void a_returned_message_that_is_confirmed_has_no_queue() throws IOException {
    UUID id = send(11);
    send(12);
    callback(ReturnCallback.class)
        .handle(
            new Return(
                AMQP.NO_ROUTE,
                "NO_ROUTE",
                "toy.events",
                "toy.added",
                new AMQP.BasicProperties.Builder().messageId(id.toString()).build(),
                BODY));

    acknowledged.handle(2, true);

    assertThat(publisher.outcomes())
        .containsExactly(
            new Outcome.Unroutable(11, "event type toy.added has no queue at exchange toy.events"),
            new Outcome.Confirmed(12));
  }

  @Test
  void a_server_that_lacks_memory_or_disk_blocks_until_it_says_otherwise() throws IOException {
    assertThat(publisher.blocked()).isEmpty();
    callback(BlockedCallback.class).handle("low on memory");
    assertThat(publisher.blocked()).contains("RabbitMQ takes no messages: low on memory");

    callback(UnblockedCallback.class).handle();

    assertThat(publisher.blocked()).isEmpty();
  }

  @Test
  void a_lost_connection_refuses_messages_and_keeps_the_outcomes_that_came_before()
      throws IOException {
    send(11);
    send(12);
    acknowledged.handle(1, false);
    callback(ShutdownListener.class)
        .shutdownCompleted(new ShutdownSignalException(true, false, null, null));

    assertThatThrownBy(() -> send(13)).isInstanceOf(BrokerUnavailable.class);
    assertThatThrownBy(publisher::blocked)
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageStartingWith("the connection to RabbitMQ is lost: ");
    assertThat(publisher.outcomes()).containsExactly(new Outcome.Confirmed(11));
  }
}
