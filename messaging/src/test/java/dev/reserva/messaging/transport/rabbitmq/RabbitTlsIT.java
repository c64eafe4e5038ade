package dev.reserva.messaging.transport.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.reserva.harness.Ports;
import dev.reserva.harness.SelfSigned;
import dev.reserva.harness.broker.RabbitNode;
import dev.reserva.harness.broker.RabbitNode.Additions;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RabbitMQ with TLS. Its certificate is of {@code localhost}, and not of 127.0.0.1. The broker
 * trusts what the Java platform trusts, which a test exchanges for its own time.
 */
class RabbitTlsIT {

  private static final String QUEUE = "toy.queue";

  @TempDir private static Path folder;
  private static SelfSigned identity;
  private static SelfSigned foreign;
  private static int port;
  private static RabbitNode node;
  private SSLContext before;

  @BeforeAll
  static void start() throws Exception {
    identity = SelfSigned.create(folder.resolve("node.p12"), "dns:localhost");
    foreign = SelfSigned.create(folder.resolve("other.p12"), "dns:localhost");
    identity.writeTo(folder);
    port = Ports.free();
    node =
        RabbitNode.start(
            Files.createDirectory(folder.resolve("rabbitmq")),
            new Additions(
                List.of(),
                List.of(
                    "listeners.ssl.local = 127.0.0.1:" + port,
                    "ssl_options.cacertfile = " + folder.resolve("tls.crt"),
                    "ssl_options.certfile = " + folder.resolve("tls.crt"),
                    "ssl_options.keyfile = " + folder.resolve("tls.key"))));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void keepWhatIsTrusted() throws Exception {
    before = SSLContext.getDefault();
  }

  @AfterEach
  void restoreWhatWasTrusted() {
    SSLContext.setDefault(before);
  }

  private static RabbitBroker broker(SelfSigned trusted, String host, String password)
      throws Exception {
    SSLContext.setDefault(trusted.trusting());
    RabbitSettings settings =
        new RabbitSettings(
            URI.create("amqps://%s:%d%s".formatted(host, port, node.uri().getPath())),
            node.uri().getUserInfo().split(":", 2)[0],
            password,
            "reserva-test",
            100,
            1_000,
            100_000,
            1);
    return new RabbitBroker(
        settings,
        new RabbitTopology(
            Set.of("toy"), Set.of(TestFacts.ADDED), Set.of(TestFacts.ADDED), settings),
        _ -> false,
        new TestEnvelopes().contentType());
  }

  private static String password() {
    return node.uri().getUserInfo().split(":", 2)[1];
  }

  @Test
  void messages_pass_with_a_certificate_that_is_trusted() throws Exception {
    Signal arrived = new Signal();
    try (BrokerConsumer consumer =
        broker(identity, "localhost", password()).openConsumer(QUEUE, arrived)) {
      ConnectionFactory factory = new ConnectionFactory();
      factory.setUri(node.uri());
      try (Connection beside = factory.newConnection();
          Channel channel = beside.createChannel()) {
        channel.basicPublish("toy.events", TestFacts.ADDED, null, "hello".getBytes(UTF_8));
      }
      List<BrokerConsumer.Received> received = List.of();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (received.isEmpty()) {
        assertThat(System.nanoTime() - deadline).as("the message arrives").isNegative();
        arrived.await(Duration.ofMillis(100));
        received = consumer.poll(1);
      }
      assertThat(received.getFirst().body().array()).isEqualTo("hello".getBytes(UTF_8));
      assertThat(node.rabbitmqctl("list_connections", "name", "ssl")).contains("true");
    }
  }

  private static void assertRefused(RabbitBroker broker, String reason) {
    assertThatThrownBy(() -> broker.openPublisher(new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageStartingWith("RabbitMQ cannot be reached at amqps://")
        .hasMessageContaining(reason);
  }

  @Test
  void a_certificate_that_is_not_trusted_is_refused() throws Exception {
    assertRefused(broker(foreign, "localhost", password()), "PKIX path");
  }

  @Test
  void a_certificate_of_another_host_is_refused() throws Exception {
    assertRefused(
        broker(identity, "127.0.0.1", password()),
        "No subject alternative names matching IP address 127.0.0.1 found");
  }

  @Test
  void a_wrong_password_is_refused_and_told() throws Exception {
    assertRefused(broker(identity, "localhost", "wrong"), "ACCESS_REFUSED");
  }
}
