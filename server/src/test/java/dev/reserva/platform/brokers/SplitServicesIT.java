package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.reserva.EffectOf;
import dev.reserva.JoinedServers;
import dev.reserva.harness.broker.LocalRabbit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link SplitServicesContract} with RabbitMQ. */
class SplitServicesIT extends SplitServicesContract {

  private static final int PARTITIONS = 3;
  private static final int QUEUE_LENGTH = 50_000;
  private static final int DELIVERY_LIMIT = 77;

  private @Nullable LocalRabbit rabbit;

  @Override
  List<String> startBroker() throws Exception {
    LocalRabbit opened = LocalRabbit.open();
    rabbit = opened;
    List<String> properties = new ArrayList<>(JoinedServers.onRabbit(opened.uri()));
    properties.add("reserva.messaging.rabbitmq.partitions=" + PARTITIONS);
    properties.add("reserva.messaging.rabbitmq.queue-length=" + QUEUE_LENGTH);
    properties.add("reserva.messaging.rabbitmq.delivery-limit=" + DELIVERY_LIMIT);
    return properties;
  }

  @Override
  void stopBroker() throws Exception {
    Objects.requireNonNull(rabbit).close();
  }

  @Test
  @EffectOf({
    "reserva.messaging.transport",
    "reserva.messaging.rabbitmq.uri",
    "reserva.messaging.rabbitmq.username",
    "reserva.messaging.rabbitmq.password"
  })
  void orders_are_confirmed_across_both_and_take_effect_once_when_all_is_sent_again() {
    confirmOrdersAndSendAllAgain();
  }

  /** RabbitMQ refuses to declare a queue that is there with other arguments. */
  @Test
  @EffectOf({
    "reserva.messaging.rabbitmq.partitions",
    "reserva.messaging.rabbitmq.queue-length",
    "reserva.messaging.rabbitmq.delivery-limit"
  })
  void queues_have_the_configured_number_and_limits() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(Objects.requireNonNull(rabbit).uri());
    try (Connection connection = factory.newConnection()) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        String queue = "inventory.queue." + partition;
        AMQP.Queue.DeclareOk declared =
            connection
                .createChannel()
                .queueDeclare(
                    queue,
                    true,
                    false,
                    false,
                    Map.of(
                        "x-queue-type",
                        "quorum",
                        "x-single-active-consumer",
                        true,
                        "x-delivery-limit",
                        DELIVERY_LIMIT,
                        "x-dead-letter-exchange",
                        "reserva.dlx",
                        "x-dead-letter-routing-key",
                        queue,
                        "x-dead-letter-strategy",
                        "at-least-once",
                        "x-overflow",
                        "reject-publish",
                        "x-max-length",
                        QUEUE_LENGTH));
        assertThat(declared.getQueue()).isEqualTo(queue);
      }
      assertThatThrownBy(
              () -> connection.createChannel().queueDeclarePassive("inventory.queue." + PARTITIONS))
          .hasStackTraceContaining("NOT_FOUND");
    }
  }

  @Test
  void no_difference_is_found_in_the_topology_of_both() {
    findNoDifferenceInTheTopology();
  }
}
