package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.reserva.JoinedServers;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.harness.broker.LocalRabbit;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.IntakeStatus;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.Signal;
import dev.reserva.messaging.transport.rabbitmq.RabbitBroker;
import dev.reserva.messaging.transport.rabbitmq.RabbitSettings;
import dev.reserva.messaging.transport.rabbitmq.RabbitTopology;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What operators see of messages that RabbitMQ gives up, because processes die while they have
 * them, and do about it.
 */
class GivenUpMessagesIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String QUEUE = "inventory.queue";
  private static final String DEAD_LETTERS = QUEUE + ".dlq";
  private static final int DELIVERY_LIMIT = 2;
  private static final int QUEUE_LENGTH = 10_000;

  private LocalRabbit rabbit;
  private Connection connection;
  private Channel channel;

  @BeforeEach
  void open() throws Exception {
    rabbit = LocalRabbit.open();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(rabbit.uri());
    connection = factory.newConnection();
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  @AfterEach
  void close() throws Exception {
    try (LocalRabbit _ = rabbit) {
      connection.abort();
    }
  }

  /** RabbitMQ as the server sees it. */
  private RabbitBroker broker() {
    URI uri = rabbit.uri();
    String[] login = uri.getUserInfo().split(":", 2);
    RabbitSettings settings =
        new RabbitSettings(
            URI.create("amqp://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath())),
            login[0],
            login[1],
            "dying",
            500,
            DELIVERY_LIMIT,
            QUEUE_LENGTH,
            1);
    return new RabbitBroker(
        settings,
        new RabbitTopology(Set.of("inventory"), Set.of(), Set.of(), settings),
        _ -> false,
        "application/json");
  }

  private TestReserva startServer() {
    return TestReserva.start(
        "inventory,operations",
        null,
        Stream.concat(
                JoinedServers.onRabbit(rabbit.uri()).stream(),
                Stream.of(
                    "reserva.messaging.rabbitmq.delivery-limit=" + DELIVERY_LIMIT,
                    "reserva.messaging.rabbitmq.queue-length=" + QUEUE_LENGTH))
            .toArray(String[]::new));
  }

  private void send(String body) throws Exception {
    channel.basicPublish(
        "",
        QUEUE,
        new AMQP.BasicProperties.Builder().messageId("one").build(),
        body.getBytes(StandardCharsets.UTF_8));
    channel.waitForConfirmsOrDie(10_000);
  }

  /**
   * The process that consumes the queue loses its connection with all messages, again and again.
   */
  private void dieUntilGivenUp(RabbitBroker broker, int messages) throws Exception {
    while (channel.messageCount(DEAD_LETTERS) < messages) {
      Signal arrived = new Signal();
      try (BrokerConsumer dying = broker.openConsumer(QUEUE, arrived)) {
        int got = 0;
        while (got < messages && channel.messageCount(DEAD_LETTERS) < messages) {
          got +=
              (int)
                  dying.poll(messages).stream()
                      .filter(message -> message.givenUp() == null)
                      .count();
          arrived.await(Duration.ofMillis(50));
        }
      }
    }
  }

  private static String operator(TestReserva server) {
    return TestTokens.issue(
        server.bean(Tokens.class), new Caller("olga", Set.of(Role.OPERATOR), null));
  }

  private static JsonNode get(TestReserva server, String path) {
    Reply reply = server.call("GET", path, operator(server), null);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static List<JsonNode> messages(TestReserva server) {
    return get(server, "/api/dlq?kind=message").path("items").valueStream().toList();
  }

  private static List<JsonNode> events(TestReserva server, UUID order) {
    return get(server, "/api/events?key=" + order).path("items").valueStream().toList();
  }

  private static long repeated(TestReserva server) {
    return server.bean(Backbone.class).intakes().stream().mapToLong(IntakeStatus::repeated).sum();
  }

  private static JsonNode with(List<JsonNode> messages, UUID order) {
    return messages.stream()
        .filter(message -> message.at("/message/body").asString().contains(order.toString()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void they_are_listed_as_they_came_and_retried_once_or_discarded() throws Exception {
    UUID retried = UUID.randomUUID();
    UUID discarded = UUID.randomUUID();
    String event = OrderCancelled.event(UUID.randomUUID(), retried);
    RabbitBroker broker = broker();
    broker.openConsumer(QUEUE, new Signal()).close(); // declares the queue
    send(event);
    send(OrderCancelled.event(UUID.randomUUID(), discarded));
    dieUntilGivenUp(broker, 2);

    try (TestReserva server = startServer()) {
      await().atMost(SOON).until(() -> messages(server).size() == 2);
      JsonNode first = with(messages(server), retried);
      assertThat(first.path("kind").asString()).isEqualTo("message");
      assertThat(first.path("subscription").asString()).isEqualTo("intake.inventory.queue");
      assertThat(first.at("/error/message").asString())
          .isEqualTo(
              "RabbitMQ gave the message up at the limit of 2 deliveries, because none was acknowledged");
      assertThat(first.at("/message/queue").asString()).isEqualTo(QUEUE);
      assertThat(first.at("/message/body").asString()).isEqualTo(event);
      assertThat(first.at("/message/headers/message-id").asString()).isEqualTo("one");
      assertThat(first.at("/message/headers/x-death").asString()).contains("delivery_limit");
      assertThat(get(server, "/api/health").at("/modules/intake.inventory.queue/reason").asString())
          .isEqualTo("messages that were not imported wait for an operator (GET /api/dlq): 2");
      assertThat(events(server, retried)).isEmpty();

      String path = "/api/dlq/" + first.path("id").asString();
      assertThat(server.call("POST", path + "/retry", operator(server), null).status())
          .isEqualTo(202);
      String other = "/api/dlq/" + with(messages(server), discarded).path("id").asString();
      assertThat(
              server.call("DELETE", other, operator(server), "{\"reason\":\"a drill\"}").status())
          .isEqualTo(202);

      assertThat(messages(server)).isEmpty();
      assertThat(events(server, retried)).hasSize(1);
      assertThat(events(server, discarded)).isEmpty();
      assertThat(get(server, path).path("status").asString()).isEqualTo("RESOLVED");
      send(event);
      await().atMost(SOON).until(() -> repeated(server) == 1);
      assertThat(events(server, retried)).as("it took effect once").hasSize(1);
    }
    assertThat(channel.messageCount(DEAD_LETTERS)).as("kept there").isEqualTo(2);
  }

  @Test
  void the_retry_of_one_that_was_imported_meanwhile_has_no_second_effect() throws Exception {
    UUID order = UUID.randomUUID();
    String event = OrderCancelled.event(UUID.randomUUID(), order);
    RabbitBroker broker = broker();
    broker.openConsumer(QUEUE, new Signal()).close();
    send(event);
    dieUntilGivenUp(broker, 1);
    send(event); // as its publisher's relay does when it is set back

    try (TestReserva server = startServer()) {
      await()
          .atMost(SOON)
          .until(() -> messages(server).size() == 1 && events(server, order).size() == 1);
      String path = "/api/dlq/" + messages(server).getFirst().path("id").asString();

      assertThat(server.call("POST", path + "/retry", operator(server), null).status())
          .isEqualTo(202);

      assertThat(get(server, path).path("status").asString()).isEqualTo("RESOLVED");
      assertThat(events(server, order)).hasSize(1);
    }
  }
}
