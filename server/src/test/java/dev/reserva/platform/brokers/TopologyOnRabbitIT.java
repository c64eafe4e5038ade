package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.reserva.EffectOf;
import dev.reserva.JoinedServers;
import dev.reserva.TestReserva;
import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.harness.Ports;
import dev.reserva.harness.broker.RabbitNode;
import dev.reserva.harness.broker.RabbitNode.Additions;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code GET /api/topology} finds each difference that a test plants on RabbitMQ, and nothing else.
 * The server runs the services that hear orders; the test declares what a process of the others
 * would.
 */
class TopologyOnRabbitIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String DLX = "reserva.dlx";

  @TempDir private static Path folder;
  private static RabbitNode rabbit;
  private static TestReserva server;

  @BeforeAll
  static void start() throws Exception {
    int management = Ports.free();
    rabbit =
        RabbitNode.start(
            folder,
            new Additions(
                List.of("rabbitmq_management"),
                List.of("management.tcp.ip = 127.0.0.1", "management.tcp.port = " + management)));
    declareOthers();
    server =
        server(
            "inventory,financial",
            "reserva.messaging.rabbitmq.management-url=http://127.0.0.1:" + management);
  }

  private static TestReserva server(String services, String... more) {
    return TestReserva.start(
        services + ",operations",
        null,
        Stream.concat(JoinedServers.onRabbit(rabbit.uri()).stream(), Stream.of(more))
            .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    server.close();
    rabbit.close();
  }

  private interface Use {
    void of(Channel channel) throws Exception;
  }

  private static void onBroker(Use use) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(rabbit.uri());
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      use.of(channel);
    }
  }

  private static Map<String, Object> quorum(String queue) {
    return Map.of(
        "x-queue-type",
        "quorum",
        "x-single-active-consumer",
        true,
        "x-dead-letter-exchange",
        DLX,
        "x-dead-letter-routing-key",
        queue,
        "x-dead-letter-strategy",
        "at-least-once",
        "x-overflow",
        "reject-publish");
  }

  private static void declareDeadLetters(String queue) throws Exception {
    onBroker(channel -> {
      channel.exchangeDeclare(DLX, "direct", true);
      channel.queueDeclare(queue + ".dlq", true, false, false, Map.of("x-queue-type", "quorum"));
      channel.queueBind(queue + ".dlq", DLX, queue);
      channel.queueDeclare(
          queue + ".dlq.intake",
          true,
          false,
          false,
          Map.of("x-queue-type", "quorum", "x-delivery-limit", 1_000_000));
      channel.queueBind(queue + ".dlq.intake", DLX, queue);
    });
  }

  private static void declareSales(Map<String, Object> arguments) throws Exception {
    declareQueue("sales", arguments);
  }

  /** The queue of a service that runs elsewhere, with all that the server of this test sends it. */
  private static void declareQueue(String service, Map<String, Object> arguments) throws Exception {
    String queue = service + ".queue";
    onBroker(channel -> {
      channel.queueDeclare(queue, true, false, false, arguments);
      for (String context : List.of("inventory", "financial", "customers", "operations")) {
        channel.exchangeDeclare(context + ".events", "topic", true);
        for (Contract<?> contract : Contracts.ALL) {
          if (contract.context().equals(context)
              && Consumers.keepers(contract.name()).contains(service)) {
            channel.queueBind(queue, context + ".events", contract.name());
          }
        }
      }
    });
  }

  private static void declareOthers() throws Exception {
    declareDeadLetters("sales.queue");
    declareSales(quorum("sales.queue"));
    declareDeadLetters("notifications.queue");
    declareQueue("notifications", quorum("notifications.queue"));
  }

  private static JsonNode topology(TestReserva of) {
    String token =
        TestTokens.issue(of.bean(Tokens.class), new Caller("olga", Set.of(Role.OPERATOR), null));
    TestReserva.Reply reply = of.call("GET", "/api/topology", token, null);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  /** The findings, as "check: object problem". */
  private static List<String> findings(JsonNode topology) {
    List<String> findings = new ArrayList<>();
    topology
        .path("checks")
        .forEach(check ->
            check
                .path("findings")
                .forEach(finding ->
                    findings.add(
                        "%s: %s %s"
                            .formatted(
                                check.path("name").asString(),
                                finding.path("object").asString(),
                                finding.path("problem").asString()))));
    assertThat(topology.path("ok").asBoolean()).isEqualTo(findings.isEmpty());
    return findings;
  }

  private static void awaitNothing() {
    await().atMost(SOON).untilAsserted(() -> assertThat(findings(topology(server))).isEmpty());
  }

  private static void awaitOne(String beginning) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(findings(topology(server)))
                .singleElement()
                .asString()
                .startsWith(beginning));
  }

  @Test
  void what_is_as_expected_is_counted() {
    awaitNothing();
    JsonNode topology = topology(server);

    assertThat(topology.path("transport").asString()).isEqualTo("rabbitmq");
    assertThat(topology.path("unchecked")).isEmpty();
    assertThat(topology.path("checks").valueStream())
        .allSatisfy(check ->
            assertThat(check.path("checked").asLong(0))
                .as(check.path("name").asString())
                .isPositive());
    assertThat(topology.path("checks").valueStream().map(check -> check.path("name").asString()))
        .contains(
            "catalogue.types-are-consumed",
            "rabbitmq.exchanges",
            "rabbitmq.queues",
            "rabbitmq.queues-elsewhere",
            "rabbitmq.bindings",
            "rabbitmq.limits",
            "rabbitmq.properties-elsewhere",
            "rabbitmq.routes-elsewhere",
            "broker.answers");
  }

  @Test
  @EffectOf("reserva.messaging.rabbitmq.management-url")
  void bindings_that_are_foreign_or_missing_are_found() throws Exception {
    awaitNothing();
    onBroker(channel -> channel.queueBind("inventory.queue", "sales.events", "sales.#"));
    awaitOne(
        "rabbitmq.bindings: binding from exchange sales.events by key 'sales.#' to queue"
            + " inventory.queue is foreign");
    onBroker(channel -> channel.queueUnbind("inventory.queue", "sales.events", "sales.#"));
    awaitNothing();

    onBroker(
        channel -> channel.queueUnbind("inventory.queue", "sales.events", Contracts.ORDER_PAID));
    awaitOne(
        "rabbitmq.bindings: binding from exchange sales.events by key 'sales.order.paid' to queue"
            + " inventory.queue does not exist");
    onBroker(channel -> channel.queueBind("inventory.queue", "sales.events", Contracts.ORDER_PAID));
    awaitNothing();
  }

  @Test
  void a_dead_letter_queue_that_is_gone_expires_or_has_no_way_to_it_is_found() throws Exception {
    awaitNothing();
    onBroker(channel -> channel.queueUnbind("financial.queue.dlq", DLX, "financial.queue"));
    awaitOne(
        "rabbitmq.bindings: binding from exchange reserva.dlx by key 'financial.queue' to queue"
            + " financial.queue.dlq does not exist");
    onBroker(channel -> channel.queueDelete("financial.queue.dlq"));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(findings(topology(server)))
                .anySatisfy(finding ->
                    assertThat(finding)
                        .startsWith("rabbitmq.queues: queue financial.queue.dlq does not exist")));
    declareDeadLetters("financial.queue");
    awaitNothing();

    rabbit.rabbitmqctl("set_policy", "-p", "reserva", "short", "dlq$", "{\"message-ttl\":60000}");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(findings(topology(server)))
                .hasSize(5) // of three services here, of sales and of notifications
                .allSatisfy(finding ->
                    assertThat(finding)
                        .startsWith("rabbitmq.limits: queue ")
                        .contains(".queue.dlq message-ttl=60000")
                        .endsWith("deletes dead letters before an operator has decided")));
    rabbit.rabbitmqctl("clear_policy", "-p", "reserva", "short");
    awaitNothing();
  }

  @Test
  void an_exchange_that_is_gone_or_of_another_type_is_found() throws Exception {
    awaitNothing();
    onBroker(channel -> channel.exchangeDelete("customers.events"));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(findings(topology(server)))
                .anySatisfy(finding ->
                    assertThat(finding)
                        .startsWith(
                            "rabbitmq.exchanges: exchange customers.events does not exist")));
    onBroker(channel -> channel.exchangeDeclare("customers.events", "fanout", true));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(findings(topology(server)))
                .anySatisfy(finding ->
                    assertThat(finding)
                        .startsWith(
                            "rabbitmq.exchanges: exchange customers.events is there with other"
                                + " properties")
                        .contains("inequivalent arg 'type'")));
    onBroker(channel -> channel.exchangeDelete("customers.events"));
    declareOthers();
    awaitNothing();
  }

  @Test
  void the_queue_of_another_database_that_is_gone_classic_or_without_a_route_is_found()
      throws Exception {
    awaitNothing();
    onBroker(channel ->
        channel.queueUnbind("sales.queue", "inventory.events", Contracts.STOCK_RESERVED));
    awaitOne(
        "rabbitmq.routes-elsewhere: event type inventory.stock.reserved has no binding from exchange"
            + " inventory.events to the queues of sales");

    onBroker(channel -> channel.queueDelete("sales.queue"));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(findings(topology(server)))
                .anySatisfy(finding ->
                    assertThat(finding)
                        .startsWith(
                            "rabbitmq.queues-elsewhere: queue sales.queue does not exist: no process"
                                + " of sales has declared it")));

    declareSales(Map.of("x-queue-type", "classic"));
    awaitOne(
        "rabbitmq.properties-elsewhere: queue sales.queue is a classic queue and must be a quorum"
            + " queue");

    onBroker(channel -> channel.queueDelete("sales.queue"));
    Map<String, Object> withoutLimit = new HashMap<>(quorum("sales.queue"));
    withoutLimit.remove("x-overflow");
    declareSales(withoutLimit);
    awaitOne(
        "rabbitmq.properties-elsewhere: queue sales.queue has x-overflow=nothing, not"
            + " reject-publish");

    onBroker(channel -> channel.queueDelete("sales.queue"));
    declareSales(quorum("sales.queue"));
    awaitNothing();
  }

  /** Its process cannot consume it, and says so too. */
  @Test
  void an_own_queue_that_is_classic_is_found_and_without_the_api_the_rest_is_said_to_be_unchecked()
      throws Exception {
    onBroker(channel ->
        channel.queueDeclare(
            "customers.queue", true, false, false, Map.of("x-queue-type", "classic")));
    try (TestReserva customers = server("customers")) {
      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            JsonNode topology = topology(customers);
            assertThat(findings(topology))
                .anySatisfy(finding ->
                    assertThat(finding)
                        .startsWith(
                            "rabbitmq.queues: queue customers.queue is there with other properties")
                        .contains("inequivalent arg"));
            assertThat(topology.path("unchecked").valueStream().map(JsonNode::asString))
                .singleElement()
                .asString()
                .contains("set reserva.messaging.rabbitmq.management-url");
          });
    }
    onBroker(channel -> {
      channel.queueDelete("customers.queue");
      channel.queueDelete("customers.queue.dlq");
      channel.queueDelete("customers.queue.dlq.intake");
    });
    awaitNothing();
  }
}
