package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.reserva.EffectOf;
import dev.reserva.JoinedServers;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.contracts.Contracts;
import dev.reserva.harness.broker.RabbitNode;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What operators see of a broker and do about it. The server runs the services that hear orders; a
 * queue stands for the process that runs the others. The broker is a private node, because tests
 * block and stop it.
 */
class BrokerOperationsIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SALES = "sales.queue";
  private static final String INVENTORY = "inventory.queue";
  private static final String HEALTHY = "healthy";
  private static final AtomicInteger SKUS = new AtomicInteger();

  @TempDir private static Path folder;
  private static RabbitNode rabbit;
  private static TestReserva server;

  @BeforeAll
  static void start() throws Exception {
    rabbit = RabbitNode.start(folder);
    declareQueueOfSales();
    server =
        TestReserva.start(
            "inventory,financial,operations",
            null,
            Stream.concat(
                    JoinedServers.onRabbit(rabbit.uri()).stream(),
                    Stream.of("reserva.messaging.accept-plain=true"))
                .toArray(String[]::new));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(health().path("status").asString()).isEqualTo(HEALTHY));
    rabbit.syncTopology();
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

  private static void declareQueueOfSales() throws Exception {
    onBroker(channel -> {
      channel.exchangeDeclare("inventory.events", "topic", true);
      channel.queueDeclare(SALES, true, false, false, null);
      channel.queueBind(SALES, "inventory.events", "#");
    });
  }

  private static void send(byte[] body, AMQP.BasicProperties properties) throws Exception {
    onBroker(channel -> {
      channel.confirmSelect();
      channel.basicPublish("", INVENTORY, properties, body);
      channel.waitForConfirmsOrDie(10_000);
    });
  }

  private static AMQP.BasicProperties properties(String messageId) {
    return new AMQP.BasicProperties.Builder().messageId(messageId).appId("test").build();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode get(String path) {
    Reply reply = server.call("GET", path, admin(), null);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static JsonNode health() {
    return get("/api/health");
  }

  private static JsonNode relay() {
    return get("/api/stats").at("/broker/relay");
  }

  private static void createProduct() {
    Reply reply =
        server.call(
            "POST",
            "/api/inventory/products",
            admin(),
            """
            {"sku":"BROKER-%d","name":"Thing","price":{"amount":"9.50","currency":"EUR"},"stock":1}
            """
                .formatted(SKUS.incrementAndGet()));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
  }

  private static String reason(String module) {
    JsonNode told = health().path("modules").path(module);
    return told.path("status").asString() + ": " + told.path("reason").asString("");
  }

  private static void awaitHealthy() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          JsonNode health = health();
          assertThat(health.path("status").asString()).as(health.toString()).isEqualTo(HEALTHY);
        });
    assertThat(relay().path("state").asString()).isEqualTo("running");
    assertThat(relay().path("lastError").isNull()).isTrue();
    assertThat(relay().path("blockedReason").isNull()).isTrue();
  }

  private static JsonNode messages() {
    return get("/api/dlq?kind=message");
  }

  private static JsonNode awaitMessages(int count) {
    await().atMost(SOON).until(() -> messages().path("items").size() == count);
    return messages().path("items");
  }

  private static Reply retry(JsonNode message, String token, @Nullable String body) {
    return server.call("POST", "/api/dlq/" + message.path("id").asString() + "/retry", token, body);
  }

  private static Reply discard(JsonNode message) {
    return server.call(
        "DELETE",
        "/api/dlq/" + message.path("id").asString(),
        operator(),
        "{\"reason\":\"of a test\"}");
  }

  private static String admin() {
    return token("admin", Role.ADMIN);
  }

  private static String operator() {
    return token("olga", Role.OPERATOR);
  }

  private static String token(String name, Role role) {
    return TestTokens.issue(server.bean(Tokens.class), new Caller(name, Set.of(role), null));
  }

  private static JsonNode eventsOf(UUID key) {
    return get("/api/events?key=" + key).path("items");
  }

  @Test
  void statistics_health_and_meters_tell_of_relay_and_intakes() {
    long before = relay().path("relayed").asLong(-1);
    createProduct();

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(relay().path("relayed").asLong(-1)).isGreaterThan(before);
          assertThat(relay().path("lag").asLong(-1)).isZero();
        });
    JsonNode broker = get("/api/stats").path("broker");
    assertThat(broker.path("answers").asBoolean(false)).isTrue();
    assertThat(broker.at("/relay/position").asLong(-1)).isPositive();
    assertThat(broker.at("/relay/relayedPerMinute").asDouble(-1)).isNotNegative();
    assertThat(broker.path("intakes").valueStream().map(intake -> intake.path("name").asString()))
        .containsExactly(
            "intake.financial.queue", "intake.inventory.queue", "intake.operations.queue");
    assertThat(broker.path("intakes").valueStream().map(intake -> intake.path("state").asString()))
        .containsOnly("running");
    JsonNode health = health();
    assertThat(health.at("/services/broker").asBoolean(false)).isTrue();
    assertThat(health.path("modules").propertyNames()).contains("relay", "intake.inventory.queue");
    Reply meters = server.call("GET", "/actuator/prometheus", admin(), null);
    assertThat(meters.body())
        .contains("reserva_subscription_lag{subscription=\"relay\"} 0.0")
        .contains("reserva_subscription_running{subscription=\"relay\"} 1.0")
        .contains("reserva_broker_answers 1.0")
        .contains("reserva_intake_running{queue=\"inventory.queue\"} 1.0")
        .contains("reserva_intake_imported_total{queue=\"inventory.queue\"}")
        .contains("reserva_intake_unreadable_total{queue=\"inventory.queue\"}");
  }

  @Test
  void a_relay_that_an_event_without_a_queue_stops_is_told_with_its_reason() throws Exception {
    onBroker(channel -> channel.queueUnbind(SALES, "inventory.events", "#"));
    createProduct();

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(reason("relay"))
                .contains("degraded: ", Contracts.PRODUCT_CREATED, "has no queue"));
    assertThat(health().path("status").asString()).isEqualTo("degraded");
    assertThat(relay().path("lastError").asString()).contains("has no queue");
    assertThat(relay().path("rejected").asLong(-1)).isPositive();
    JsonNode stranger = server.call("GET", "/api/health", null, null).json();
    assertThat(stranger.at("/modules/relay/status").asString()).isEqualTo("degraded");
    assertThat(stranger.at("/modules/relay/reason").isNull()).isTrue();

    declareQueueOfSales();
    awaitHealthy();
  }

  @Test
  void a_broker_that_lacks_memory_blocks_the_relay_and_says_so() throws Exception {
    rabbit.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1MB");
    try {
      createProduct(); // RabbitMQ blocks a connection when it publishes
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(reason("relay"))
                  .contains("degraded: blocked: RabbitMQ takes no messages: low on memory"));
      JsonNode blocked = get("/api/stats").path("broker");
      assertThat(blocked.at("/relay/state").asString()).isEqualTo("blocked");
      assertThat(blocked.at("/relay/blockedReason").asString()).contains("low on memory");
      assertThat(blocked.path("answers").asBoolean(false)).isTrue();
    } finally {
      rabbit.rabbitmqctl("set_vm_memory_high_watermark", "0.6");
    }
    awaitHealthy();
  }

  @Test
  void a_lost_broker_is_told_for_the_relay_and_each_intake() throws Exception {
    rabbit.stop();
    try {
      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            assertThat(reason("relay")).startsWith("degraded: probing: ").contains("RabbitMQ");
            assertThat(reason("intake.inventory.queue"))
                .startsWith("degraded: probing: ")
                .contains("RabbitMQ");
          });
      assertThat(health().at("/services/broker").asBoolean(true)).isFalse();
      assertThat(get("/api/stats").at("/broker/answers").asBoolean(true)).isFalse();
      assertThat(server.call("GET", "/actuator/health/readiness", null, null).status())
          .as("it serves requests without its broker")
          .isEqualTo(200);
    } finally {
      rabbit.start();
    }
    awaitHealthy();
  }

  @Test
  void a_broker_that_refuses_the_password_is_told_with_its_reason() {
    URI uri = rabbit.uri();
    try (TestReserva refused =
        TestReserva.start(
            "customers,operations",
            null,
            "reserva.messaging.transport=rabbitmq",
            "reserva.messaging.rabbitmq.uri=amqp://%s:%d%s"
                .formatted(uri.getHost(), uri.getPort(), uri.getPath()),
            "reserva.messaging.rabbitmq.username=" + uri.getUserInfo().split(":", 2)[0],
            "reserva.messaging.rabbitmq.password=not-this-one")) {
      String admin =
          TestTokens.issue(
              refused.bean(Tokens.class), new Caller("admin", Set.of(Role.ADMIN), null));
      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            JsonNode modules =
                refused.call("GET", "/api/health", admin, null).json().path("modules");
            for (String module : List.of("relay", "intake.customers.queue")) {
              assertThat(modules.path(module).path("reason").asString(""))
                  .contains("RabbitMQ cannot be reached", "ACCESS_REFUSED")
                  .doesNotContain("not-this-one");
            }
          });
    }
  }

  @Test
  void messages_that_are_no_events_are_listed_as_they_came_and_discarded() throws Exception {
    byte[] binary = HexFormat.of().parseHex("fffe00ff");
    send(binary, properties("first"));
    send(utf8("{\"naïve\":true}" + " ".repeat(2_000)), properties("second"));
    send(utf8("third"), properties("third"));

    JsonNode items = awaitMessages(3);

    assertThat(items.valueStream().map(item -> item.path("kind").asString()))
        .containsOnly("message");
    List<JsonNode> byTime = new ArrayList<>(items.valueStream().toList()).reversed();
    JsonNode first = byTime.getFirst();
    assertThat(first.path("subscription").asString()).isEqualTo("intake.inventory.queue");
    assertThat(first.at("/error/message").asString()).isNotBlank();
    assertThat(first.at("/message/queue").asString()).isEqualTo(INVENTORY);
    assertThat(first.at("/message/encoding").asString()).isEqualTo("base64");
    assertThat(first.at("/message/body").asString()).isEqualTo("//4A/w==");
    assertThat(first.at("/message/headers/message-id").asString()).isEqualTo("first");
    assertThat(first.has("event")).isFalse();
    JsonNode second = byTime.get(1);
    assertThat(second.at("/message/encoding").asString()).isEqualTo("utf-8");
    assertThat(second.at("/message/truncated").asBoolean(false)).isTrue();
    assertThat(second.at("/message/body").asString()).hasSize(1_023); // ï has two bytes
    JsonNode whole = get("/api/dlq/" + second.path("id").asString());
    assertThat(whole.at("/message/body").asString()).startsWith("{\"naïve\":true}").hasSize(2_014);
    assertThat(whole.at("/message/truncated").asBoolean(true)).isFalse();
    assertThat(messages().at("/queues/0/count").asInt(0)).isEqualTo(3);
    assertThat(reason("intake.inventory.queue"))
        .isEqualTo(
            "degraded: messages that were not imported wait for an operator (GET /api/dlq): 3");
    JsonNode page = get("/api/dlq?kind=message&limit=2");
    JsonNode rest =
        get("/api/dlq?kind=message&limit=2&cursor=" + page.path("nextCursor").asString());
    assertThat(page.path("items")).hasSize(2);
    assertThat(rest.path("items")).containsExactly(first);
    assertThat(get("/api/dlq?kind=event").path("items")).isEmpty();
    assertThat(server.call("GET", "/api/dlq?kind=other", operator(), null).status()).isEqualTo(400);

    assertThat(retry(first, operator(), null).status()).as("still no event").isEqualTo(422);
    for (JsonNode message : byTime) {
      assertThat(discard(message).status()).isEqualTo(202);
      assertThat(discard(message).status()).isEqualTo(409);
    }
    assertThat(messages().path("items")).isEmpty();
    JsonNode story = get("/api/dlq/" + first.path("id").asString());
    assertThat(story.path("status").asString()).isEqualTo("DISCARDED");
    assertThat(story.at("/actions/0/by").asString()).isEqualTo("olga");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    get("/api/audit?action=operations.message.discard&subject="
                            + first.path("id").asString())
                        .path("items"))
                .hasSize(1));
    awaitHealthy();
  }

  @Test
  void an_administrator_makes_an_event_of_a_message_once() throws Exception {
    UUID order = UUID.randomUUID();
    UUID event = UUID.randomUUID();
    send(utf8("broken"), properties("a"));
    JsonNode message = awaitMessages(1).get(0);
    String edited = "{\"data\":%s}".formatted(OrderCancelled.event(event, order));

    assertThat(retry(message, operator(), edited).status()).isEqualTo(403);
    Reply wrong = retry(message, admin(), edited.replace("\"reason\":\"customer_request\",", ""));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().at("/errors/0/pointer").asString()).isEqualTo("/data/data/reason");
    assertThat(retry(message, admin(), edited).status()).isEqualTo(202);

    assertThat(eventsOf(order)).hasSize(1);
    JsonNode imported = eventsOf(order).get(0);
    assertThat(imported.path("id").asString()).isEqualTo(event.toString());
    assertThat(imported.path("publishedby").asString()).isEqualTo("admin");
    assertThat(get("/api/dlq/" + message.path("id").asString()).path("eventId").asString())
        .isEqualTo(event.toString());
    send(utf8(OrderCancelled.event(event, order)), properties("b"));
    send(utf8("broken again"), properties("c"));
    JsonNode again = awaitMessages(1).get(0);
    assertThat(eventsOf(order)).as("the inbox knows it").hasSize(1);
    Reply known = retry(again, admin(), edited);
    assertThat(known.status()).isEqualTo(409);
    assertThat(known.json().path("type").asString()).isEqualTo("/problems/event-known");
    assertThat(discard(again).status()).isEqualTo(202);
  }

  private static String plain(UUID order) {
    return "{\"event_name\":\"sales.order.cancelled\",\"payload\":%s}"
        .formatted(OrderCancelled.data(order));
  }

  @Test
  @EffectOf("reserva.messaging.accept-plain")
  void a_plain_message_is_an_event_by_hand_however_often_it_is_delivered() throws Exception {
    UUID order = UUID.randomUUID();
    byte[] message = utf8(plain(order));
    for (String queue : List.of(INVENTORY, "financial.queue", INVENTORY)) {
      onBroker(channel -> channel.basicPublish("", queue, properties("one"), message));
    }
    await().atMost(SOON).until(() -> eventsOf(order).size() == 1);
    send(message, properties("two"));
    await().atMost(SOON).until(() -> eventsOf(order).size() == 2);

    for (JsonNode event : eventsOf(order)) {
      assertThat(event.path("type").asString()).isEqualTo("sales.order.cancelled");
      assertThat(event.path("subject").asString()).isEqualTo(order.toString());
      assertThat(event.path("publishedby").asString()).isEqualTo("broker");
    }
    assertThat(messages().path("items")).isEmpty();
    awaitHealthy();
  }

  @Test
  void the_relay_is_set_back_by_an_administrator_and_sends_again() throws Exception {
    createProduct();
    awaitHealthy();
    await().atMost(SOON).until(() -> relay().path("lag").asLong(-1) == 0);
    long before = relay().path("relayed").asLong(-1);
    String path = "/api/operations/relay/replay";

    assertThat(server.call("POST", path, operator(), "{\"after\":0}").status()).isEqualTo(403);
    assertThat(server.call("POST", path, admin(), "{\"after\":-1}").status()).isEqualTo(400);
    Reply beyond = server.call("POST", path, admin(), "{\"after\":1000000000}");
    assertThat(beyond.status()).isEqualTo(409);
    assertThat(beyond.json().path("type").asString()).isEqualTo("/problems/replay-refused");
    assertThat(server.call("POST", path, admin(), "{\"after\":0}").status()).isEqualTo(202);

    await().atMost(SOON).until(() -> relay().path("relayed").asLong(-1) > before + before / 2);
    assertThat(server.call("DELETE", "/api/operations/relay", admin(), null).status())
        .as("it runs")
        .isEqualTo(409);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(get("/api/audit?action=operations.relay.replay").path("items")).hasSize(1));
  }
}
