package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.transport.kafka.KafkaSecurity.Mechanism;
import dev.reserva.messaging.transport.kafka.KafkaSecurity.Protocol;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Kafka's clients get to know, and which settings are refused. */
class KafkaSettingsTest {

  private static KafkaSettings settings(
      String server, KafkaSecurity security, int replication, GroupProtocol protocol) {
    return new KafkaSettings(
        List.of(server), security, "test", true, 3, replication, Duration.ofDays(7), protocol, 250);
  }

  private static KafkaClients clients(KafkaSecurity security, GroupProtocol protocol) {
    return new KafkaClients(settings("kafka:9092", security, 3, protocol));
  }

  private static KafkaSecurity scram(String username, String password) {
    return new KafkaSecurity(
        Protocol.SASL_SSL, Mechanism.SCRAM_SHA_256, username, password, null, "", null, "");
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void kafka_accepts_the_properties_of_a_consumer_of_either_group_protocol(GroupProtocol protocol) {
    Map<String, Object> properties =
        clients(KafkaSecurity.NONE, protocol).consumerProperties("inventory");

    ConsumerConfig config = new ConsumerConfig(properties);

    assertThat(config.getString(ConsumerConfig.GROUP_ID_CONFIG)).isEqualTo("inventory");
    assertThat(config.getInt(ConsumerConfig.MAX_POLL_RECORDS_CONFIG)).isEqualTo(250);
    assertThat(config.getBoolean(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG)).isFalse();
    assertThat(config.getString(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)).isEqualTo("none");
  }

  @Test
  void members_of_a_classic_group_hand_partitions_over_cooperatively() {
    assertThat(
            clients(KafkaSecurity.NONE, GroupProtocol.CLASSIC)
                .consumerProperties("inventory")
                .get(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG))
        .isEqualTo(List.of(CooperativeStickyAssignor.class));
  }

  @Test
  void with_the_new_group_protocol_the_broker_has_the_time_outs_and_the_assignor() {
    Map<String, Object> properties =
        clients(KafkaSecurity.NONE, GroupProtocol.CONSUMER).consumerProperties("inventory");

    assertThat(properties)
        .doesNotContainKeys(
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    assertThatThrownBy(() -> new ConsumerConfig(properties))
        .as("what the guard is for")
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void a_producer_waits_for_all_copies_and_never_sends_a_record_twice() {
    ProducerConfig config =
        new ProducerConfig(
            clients(KafkaSecurity.NONE, GroupProtocol.CLASSIC).producerProperties("publisher"));

    assertThat(config.getString(ProducerConfig.ACKS_CONFIG)).isEqualTo("-1");
    assertThat(config.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)).isTrue();
    assertThat(config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG)).isEqualTo(2_000);
  }

  @Test
  void a_password_reaches_the_login_module_with_all_its_characters() {
    String password = "a\"b\\c;d='e";
    Map<String, Object> properties = scram("shop \"1\"", password).properties();

    JaasContext context =
        JaasContext.loadClientContext(
            Map.of("sasl.jaas.config", new Password((String) properties.get("sasl.jaas.config"))));

    assertThat(properties)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-256");
    assertThat(context.configurationEntries())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.getLoginModuleName()).isEqualTo(ScramLoginModule.class.getName());
          assertThat(entry.getOptions())
              .isEqualTo(Map.of("username", "shop \"1\"", "password", password));
        });
  }

  @Test
  void stores_are_of_the_type_that_their_names_tell() {
    KafkaSecurity security =
        new KafkaSecurity(
            Protocol.SSL,
            Mechanism.PLAIN,
            "",
            "",
            Path.of("/etc/ca.pem"),
            "",
            Path.of("/etc/client.p12"),
            "secret");

    assertThat(security.properties())
        .isEqualTo(
            Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.location", "/etc/ca.pem",
                "ssl.truststore.type", "PEM",
                "ssl.keystore.location", "/etc/client.p12",
                "ssl.keystore.type", "PKCS12",
                "ssl.keystore.password", "secret"));
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    KafkaSecurity none = KafkaSecurity.NONE;
    assertThatThrownBy(() -> settings("kafka", none, 3, GroupProtocol.CLASSIC))
        .hasMessage("bootstrap-servers must be host:port, such as kafka-1:9092, was kafka");
    assertThatThrownBy(() -> settings("kafka:9092", none, 0, GroupProtocol.CLASSIC))
        .hasMessage("replication must be 1..100, was 0");
    assertThatThrownBy(() -> scram("shop", ""))
        .hasMessage("username and password must be set with SASL_SSL");
    assertThatThrownBy(() -> scram("shop", "a\nb"))
        .hasMessage("username and password must have no control characters");
    assertThatThrownBy(() ->
            new KafkaSecurity(
                Protocol.PLAINTEXT, Mechanism.PLAIN, "", "", Path.of("ca.pem"), "", null, ""))
        .hasMessage("truststore and keystore are of no use with PLAINTEXT");
    assertThatThrownBy(() ->
            new KafkaSecurity(Protocol.SSL, Mechanism.PLAIN, "shop", "secret", null, "", null, ""))
        .hasMessage("username and password are of no use with SSL");
  }

  @Test
  void records_need_two_copies_from_three_on() {
    assertThat(settings("kafka:9092", KafkaSecurity.NONE, 3, GroupProtocol.CLASSIC).minInSync())
        .isEqualTo(2);
    assertThat(settings("[::1]:9092", KafkaSecurity.NONE, 2, GroupProtocol.CLASSIC).minInSync())
        .isEqualTo(1);
  }

  @Test
  void no_text_shows_a_password() {
    assertThat(settings("kafka:9092", scram("shop", "secret"), 3, GroupProtocol.CLASSIC))
        .hasToString("kafka:9092 by SASL_SSL as shop");
  }
}
