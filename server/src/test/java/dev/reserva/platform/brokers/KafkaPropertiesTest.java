package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import dev.reserva.messaging.transport.kafka.KafkaSecurity;
import dev.reserva.messaging.transport.kafka.KafkaSettings;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import dev.reserva.messaging.transport.kafka.KafkaTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KafkaPropertiesTest {

  private static final Duration YEAR = Duration.ofDays(365);

  /**
   * @param namesAndValues names without the prefix
   */
  private static KafkaProperties bound(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put("reserva.messaging.kafka." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("reserva.messaging.kafka", KafkaProperties.class);
  }

  private static KafkaSettings settings(String... namesAndValues) {
    return bound(namesAndValues).settings("reserva-sales", YEAR);
  }

  @Test
  void by_default_topics_are_created_on_a_broker_of_this_machine() {
    assertThat(settings())
        .isEqualTo(
            new KafkaSettings(
                List.of("localhost:9092"),
                KafkaSecurity.NONE,
                "reserva-sales",
                true,
                3,
                1,
                Duration.ofDays(7),
                GroupProtocol.CLASSIC,
                500));
  }

  @Test
  @EffectOf({
    "reserva.messaging.kafka.create-topics",
    "reserva.messaging.kafka.replication",
    "reserva.messaging.kafka.max-poll-records"
  })
  void topics_and_consumers_are_as_configured() {
    KafkaSettings settings =
        settings("create-topics", "false", "replication", "3", "max-poll-records", "20");

    assertThat(settings.createTopics()).isFalse();
    assertThat(settings.replication()).isEqualTo(3);
    assertThat(settings.maxPollRecords()).isEqualTo(20);
  }

  @Test
  @EffectOf({
    "reserva.messaging.kafka.security-protocol",
    "reserva.messaging.kafka.sasl-mechanism",
    "reserva.messaging.kafka.username",
    "reserva.messaging.kafka.password",
    "reserva.messaging.kafka.truststore",
    "reserva.messaging.kafka.truststore-password",
    "reserva.messaging.kafka.keystore",
    "reserva.messaging.kafka.keystore-password"
  })
  void clients_log_in_and_encrypt_as_configured(@TempDir Path folder) throws IOException {
    Path trusted = Files.createFile(folder.resolve("ca.p12"));
    Path own = Files.createFile(folder.resolve("client.p12"));

    KafkaSettings settings =
        settings(
            "security-protocol", "sasl_ssl",
            "sasl-mechanism", "scram-sha-256",
            "username", "shop",
            "password", "hush",
            "truststore", trusted.toString(),
            "truststore-password", "a",
            "keystore", own.toString(),
            "keystore-password", "b");

    assertThat(settings.security())
        .isEqualTo(
            new KafkaSecurity(
                KafkaSecurity.Protocol.SASL_SSL,
                KafkaSecurity.Mechanism.SCRAM_SHA_256,
                "shop",
                "hush",
                trusted,
                "a",
                own,
                "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "bootstrap-servers, kafka, 'reserva.messaging.kafka.bootstrap-servers must be host:port'",
    "security-protocol, sasl_ssl, reserva.messaging.kafka.username and password must be set",
    "truststore, /no/ca.pem, 'reserva.messaging.kafka.truststore must be a file that can be read'"
  })
  void what_is_not_allowed_is_named(String name, String value, String message) {
    assertThatThrownBy(() -> settings(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void records_may_not_outlive_the_memory_of_what_was_imported() {
    assertThatThrownBy(() -> bound("retention", "31d").settings("test", Duration.ofDays(30)))
        .hasMessageStartingWith(
            "reserva.messaging.kafka.retention must be at most reserva.events.retention, PT720H,");
  }

  @Test
  @EffectOf("reserva.messaging.kafka.group")
  void a_group_has_the_names_of_the_services_or_the_configured_one() {
    assertThat(bound().groupOf(Set.of("inventory", "financial"))).isEqualTo("financial-inventory");
    assertThat(bound("group", "warehouse").groupOf(Set.of("inventory"))).isEqualTo("warehouse");
  }

  @Test
  void a_context_has_its_topic_and_the_audit_trail_is_in_one_partition() {
    assertThat(TopicNames.of("sales", 6)).isEqualTo(new KafkaTopic("order-events", 6));
    assertThat(TopicNames.of("operations", 6)).isEqualTo(new KafkaTopic("audit-logs", 1));
    assertThat(TopicNames.of("webhooks", 6)).isEqualTo(new KafkaTopic("webhooks-events", 6));
  }

  @Test
  void the_passwords_are_in_no_log() {
    assertThat(bound("password", "hush", "truststore-password", "quiet").toString())
        .doesNotContain("hush", "quiet");
  }
}
