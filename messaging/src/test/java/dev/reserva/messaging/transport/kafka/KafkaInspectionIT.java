package dev.reserva.messaging.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.TopologyInspection.Check;
import dev.reserva.messaging.TopologyInspection.Report;
import dev.reserva.messaging.transport.Signal;
import dev.reserva.messaging.transport.kafka.KafkaSettings.GroupProtocol;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inspection finds each difference that a test plants on Kafka, and changes nothing. */
class KafkaInspectionIT {

  private final KafkaWorld world = new KafkaWorld();
  private final Admin admin = KafkaServer.admin();

  @BeforeEach
  void createTopics() {
    world.consuming(GroupProtocol.CLASSIC).openPublisher(new Signal()).close();
    world.consuming(GroupProtocol.CLASSIC).openConsumer(world.group(), new Signal()).close();
  }

  @AfterEach
  void close() {
    admin.close();
    world.close();
  }

  private Report inspect() {
    return world.consuming(GroupProtocol.CLASSIC).inspection(List.of("tool.drill.used")).inspect();
  }

  private List<String> findings() {
    return inspect().checks().stream()
        .flatMap(check ->
            check.findings().stream()
                .map(each -> check.name() + ": " + each.object() + " " + each.problem()))
        .toList();
  }

  private void alter(String topic, String name, String value) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(name, value), OpType.SET))))
        .all()
        .get();
  }

  @Test
  void a_dead_letter_topic_of_another_database_that_is_missing_is_found() throws Exception {
    String elsewhere = world.group() + "-tool.dlt";
    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith("kafka.topics-elsewhere: topic %s does not exist".formatted(elsewhere));

    admin.createTopics(List.of(new NewTopic(elsewhere, 5, (short) 1))).all().get();

    assertThat(findings()).isEmpty();
    assertThat(inspect().checks()).extracting(Check::checked).allMatch(checked -> checked > 0);
    assertThat(inspect().unchecked()).isEmpty();
  }

  @Test
  void a_topic_that_is_missing_is_found_and_not_created() throws Exception {
    admin.deleteTopics(List.of(world.topic() + ".dlt")).all().get();

    for (int time = 0; time < 2; time++) {
      assertThat(findings())
          .anySatisfy(finding ->
              assertThat(finding)
                  .startsWith(
                      "kafka.topics: topic %s.dlt does not exist".formatted(world.topic())));
    }
  }

  @Test
  void a_topic_with_other_partitions_is_found() throws Exception {
    admin.createPartitions(Map.of(world.topic(), NewPartitions.increaseTo(4))).all().get();

    assertThat(findings())
        .anySatisfy(finding ->
            assertThat(finding)
                .startsWith("kafka.topics: topic %s".formatted(world.topic()))
                .contains("has 4 partitions, not 3"));
  }

  @Test
  void limits_that_lose_events_are_found() throws Exception {
    alter(world.topic(), "cleanup.policy", "compact");
    alter(world.topic() + ".dlt", "retention.ms", "60000");
    alter(world.topic() + ".dlt", "max.message.bytes", "1000");

    assertThat(findings())
        .anySatisfy(
            finding -> assertThat(finding).contains("cleanup.policy=compact, which loses events"))
        .anySatisfy(finding ->
            assertThat(finding)
                .contains("topic %s.dlt keeps records for PT1M".formatted(world.topic())))
        .anySatisfy(finding ->
            assertThat(finding).contains("max.message.bytes is 1000 and must be at least"));
  }

  /** With three copies, two have to have a record. */
  @Test
  void copies_that_are_too_few_are_found() {
    KafkaSettings three =
        new KafkaSettings(
            List.of(KafkaServer.node().bootstrapServers()),
            KafkaSecurity.NONE,
            "reserva-test",
            false,
            3,
            3,
            world.settings(GroupProtocol.CLASSIC, 1).retention(),
            GroupProtocol.CLASSIC,
            1);

    assertThat(world.broker(three).inspection(List.of()).inspect().checks().getFirst().findings())
        .anySatisfy(finding ->
            assertThat(finding.problem()).contains("has 1 copies of each partition, not 3"))
        .anySatisfy(finding ->
            assertThat(finding.problem())
                .contains("min.insync.replicas is 1 and must be at least 2"));
  }
}
