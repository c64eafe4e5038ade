package dev.reserva.messaging.transport.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.harness.Ports;
import dev.reserva.harness.SelfSigned;
import dev.reserva.harness.broker.KafkaNode;
import dev.reserva.harness.broker.KafkaNode.SecureListener;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import dev.reserva.messaging.transport.kafka.KafkaSecurity.Mechanism;
import dev.reserva.messaging.transport.kafka.KafkaSecurity.Protocol;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka with TLS and passwords. Its certificate is of {@code localhost}, and not of 127.0.0.1. */
class KafkaTlsIT {

  private static final String USER = "shop";
  private static final String PASSWORD = "a \"quoted\\ one\"; and = more";

  @TempDir private static Path folder;
  private static Path trusted;
  private static Path foreign;
  private static int port;
  private static KafkaNode node;

  @BeforeAll
  static void start() throws Exception {
    Path keyStore = folder.resolve("node.p12");
    trusted = pem(SelfSigned.create(keyStore, "dns:localhost"), "trusted");
    foreign = pem(SelfSigned.create(folder.resolve("other.p12"), "dns:localhost"), "foreign");
    port = Ports.free();
    node =
        KafkaNode.start(
            Files.createDirectory(folder.resolve("kafka")),
            new SecureListener(
                port,
                "SASL_SSL",
                List.of(
                    "listener.name.secure.ssl.keystore.type=PKCS12",
                    "listener.name.secure.ssl.keystore.location=" + keyStore,
                    "listener.name.secure.ssl.keystore.password=" + SelfSigned.PASSWORD,
                    "listener.name.secure.ssl.key.password=" + SelfSigned.PASSWORD,
                    "listener.name.secure.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
                    "listener.name.secure.plain.sasl.jaas.config="
                        + "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " user_%s=\"%s\";"
                            .formatted(
                                USER,
                                // For the JAAS configuration, and again for the properties file.
                                PASSWORD
                                    .replace("\\", "\\\\")
                                    .replace("\"", "\\\"")
                                    .replace("\\", "\\\\")),
                    "listener.name.secure.scram-sha-256.sasl.jaas.config="
                        + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                    "listener.name.secure.scram-sha-512.sasl.jaas.config="
                        + "org.apache.kafka.common.security.scram.ScramLoginModule required;")));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
      for (ScramMechanism mechanism :
          List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
        admin
            .alterUserScramCredentials(
                List.of(
                    new UserScramCredentialUpsertion(
                        USER, new ScramCredentialInfo(mechanism, 4_096), PASSWORD)))
            .all()
            .get();
      }
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Path pem(SelfSigned identity, String name) throws Exception {
    Path written = folder.resolve(name);
    identity.writeTo(written);
    return Files.move(written.resolve("tls.crt"), folder.resolve(name + ".pem"));
  }

  private static KafkaSettings settings(
      String host, Mechanism mechanism, String password, Path truststore) {
    return new KafkaSettings(
        List.of(host + ":" + port),
        new KafkaSecurity(Protocol.SASL_SSL, mechanism, USER, password, truststore, "", null, ""),
        "reserva-test",
        true,
        1,
        1,
        Duration.ofDays(1),
        GroupProtocol.CLASSIC,
        10);
  }

  private static KafkaBroker broker(KafkaSettings settings) {
    return new KafkaBroker(
        settings,
        new KafkaTopology(
            "group",
            Set.of(TestFacts.ADDED),
            Set.of(TestFacts.ADDED),
            context -> new KafkaTopic(context + "-events", 1)),
        _ -> true,
        new TestEnvelopes().contentType());
  }

  @ParameterizedTest
  @EnumSource
  void records_pass_with_the_right_certificate_and_password(Mechanism mechanism) throws Exception {
    KafkaSettings settings = settings("localhost", mechanism, PASSWORD, trusted);
    Signal arrived = new Signal();
    broker(settings).openPublisher(new Signal()).close();
    try (BrokerConsumer consumer = broker(settings).openConsumer("group", arrived);
        Producer<byte[], byte[]> producer = new KafkaClients(settings).producer("test")) {
      producer
          .send(new ProducerRecord<>("toy-events", mechanism.name().getBytes(UTF_8)))
          .get(30, TimeUnit.SECONDS);
      List<BrokerConsumer.Received> received = List.of();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (received.isEmpty()) {
        assertThat(System.nanoTime() - deadline).as("the record arrives").isNegative();
        arrived.await(Duration.ofMillis(100));
        received = consumer.poll(1);
      }
      assertThat(received.getFirst().body().array()).isEqualTo(mechanism.name().getBytes(UTF_8));
      consumer.settle(received, List.of());
    }
  }

  private static void assertRefused(KafkaSettings settings, String reason) {
    assertThatThrownBy(() -> broker(settings).openPublisher(new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageStartingWith("Kafka cannot be used at " + settings)
        .hasMessageContaining(reason)
        .hasMessageNotContaining(PASSWORD);
    assertThatThrownBy(() -> broker(settings).openConsumer("group", new Signal()))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageContaining(reason);
  }

  @Test
  void a_certificate_that_is_not_trusted_is_refused() {
    assertRefused(settings("localhost", Mechanism.PLAIN, PASSWORD, foreign), "PKIX path");
  }

  @Test
  void a_certificate_of_another_host_is_refused() {
    assertRefused(
        settings("127.0.0.1", Mechanism.PLAIN, PASSWORD, trusted),
        "No subject alternative names matching IP address 127.0.0.1 found");
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_password_is_refused_and_told(Mechanism mechanism) {
    assertRefused(settings("localhost", mechanism, "wrong", trusted), "Authentication failed");
  }
}
