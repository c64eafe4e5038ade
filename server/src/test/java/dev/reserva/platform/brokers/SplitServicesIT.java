package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.harness.broker.LocalRabbit;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.IntakeStatus;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers with different services, each with a database of its own, joined by RabbitMQ. */
class SplitServicesIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int PARTITIONS = 3;
  private static final int QUEUE_LENGTH = 50_000;
  private static final int DELIVERY_LIMIT = 77;

  private static LocalRabbit rabbit;
  private static TestReserva front;
  private static TestReserva back;

  @BeforeAll
  static void start() throws Exception {
    rabbit = LocalRabbit.open();
    front = server("sales,customers,operations");
    back = server("inventory,financial");
  }

  @AfterAll
  static void stop() throws Exception {
    front.close();
    back.close();
    rabbit.close();
  }

  private static TestReserva server(String services) {
    URI uri = rabbit.uri();
    String[] login = uri.getUserInfo().split(":", 2);
    return TestReserva.start(
        services,
        null,
        "reserva.privacy.secret=one-secret-of-all-processes-of-a-split-system",
        "reserva.security.token-secret=one-secret-of-all-processes-of-a-split-system",
        "reserva.messaging.transport=rabbitmq",
        "reserva.messaging.rabbitmq.uri=amqp://%s:%d%s"
            .formatted(uri.getHost(), uri.getPort(), uri.getPath()),
        "reserva.messaging.rabbitmq.username=" + login[0],
        "reserva.messaging.rabbitmq.password=" + login[1],
        "reserva.messaging.rabbitmq.partitions=" + PARTITIONS,
        "reserva.messaging.rabbitmq.queue-length=" + QUEUE_LENGTH,
        "reserva.messaging.rabbitmq.delivery-limit=" + DELIVERY_LIMIT);
  }

  private static String admin(TestReserva server) {
    return TestTokens.issue(
        server.bean(Tokens.class), new Caller("admin", Set.of(Role.ADMIN), null));
  }

  private static String id(Reply reply, int status) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    return reply.json().get("id").asString();
  }

  private static String product(String sku, int stock) {
    return id(
        back.call(
            "POST",
            "/api/inventory/products",
            admin(back),
            """
            {"sku":"%s","name":"Thing","price":{"amount":"9.50","currency":"EUR"},"stock":%d}
            """
                .formatted(sku, stock)),
        201);
  }

  private static Reply order(String customer, String product, int quantity, String key) {
    return front.call(
        "POST",
        "/api/orders",
        admin(front),
        """
        {"customerId":"%s","items":[{"productId":"%s","quantity":%d}],
          "payment":{"method":"credit_card","token":"tok_approve"}}
        """
            .formatted(customer, product, quantity),
        "Idempotency-Key",
        key);
  }

  private static int available(String product) {
    return back.call("GET", "/api/inventory/products/" + product, admin(back), null)
        .json()
        .at("/available")
        .asInt(-1);
  }

  private static String status(String order) {
    return front
        .call("GET", "/api/orders/" + order, admin(front), null)
        .json()
        .get("status")
        .asString();
  }

  private static long repeated(TestReserva server) {
    return server.bean(Backbone.class).intakes().stream().mapToLong(IntakeStatus::repeated).sum();
  }

  @Test
  @EffectOf({
    "reserva.messaging.transport",
    "reserva.messaging.rabbitmq.uri",
    "reserva.messaging.rabbitmq.username",
    "reserva.messaging.rabbitmq.password"
  })
  void orders_are_confirmed_across_both_and_take_effect_once_when_all_is_sent_again() {
    String product = product("SPLIT", 100);
    String customer =
        id(
            front.call(
                "POST",
                "/api/customers",
                admin(front),
                "{\"name\":\"Ann\",\"email\":\"ann@example.org\"}"),
            201);
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String key = "split-" + i;
      // Sales hears of the product a little later.
      await().atMost(SOON).until(() -> order(customer, product, 2, key).status() == 201);
      orders.add(order(customer, product, 2, key).json().get("id").asString());
    }
    assertThat(Set.copyOf(orders)).hasSize(20);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(orders)
                .allSatisfy(order -> assertThat(status(order)).isEqualTo("CONFIRMED")));
    assertThat(available(product)).isEqualTo(60);

    for (TestReserva server : List.of(front, back)) {
      long before = repeated(server == front ? back : front);
      server.bean(Backbone.class).replay("relay", 0);
      await().atMost(SOON).until(() -> repeated(server == front ? back : front) > before + 20);
    }
    assertThat(states(front)).allSatisfy(state -> assertThat(state).isEqualTo("running"));
    assertThat(states(back)).allSatisfy(state -> assertThat(state).isEqualTo("running"));
    assertThat(available(product)).isEqualTo(60);
    assertThat(orders).allSatisfy(order -> assertThat(status(order)).isEqualTo("CONFIRMED"));
  }

  /** The states of relay and intakes. */
  private static List<String> states(TestReserva server) {
    Backbone backbone = server.bean(Backbone.class);
    List<String> states = new ArrayList<>();
    backbone.subscriptions().stream()
        .filter(status -> status.name().equals("relay"))
        .forEach(status -> states.add(status.state()));
    backbone.intakes().forEach(status -> states.add(status.state()));
    assertThat(states).hasSizeGreaterThan(1);
    return states;
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
    factory.setUri(rabbit.uri());
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
  void an_order_without_stock_is_cancelled() {
    String product = product("SCARCE", 1);
    String customer =
        id(
            front.call(
                "POST",
                "/api/customers",
                admin(front),
                "{\"name\":\"Bo\",\"email\":\"bo@example.org\"}"),
            201);
    await().atMost(SOON).until(() -> order(customer, product, 2, "too-many").status() == 201);
    String order = order(customer, product, 2, "too-many").json().get("id").asString();

    await().atMost(SOON).until(() -> status(order).equals("CANCELLED"));
    assertThat(available(product)).isEqualTo(1);
  }
}
