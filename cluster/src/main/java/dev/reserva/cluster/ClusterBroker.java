package dev.reserva.cluster;

import dev.reserva.harness.broker.BrokerNode;
import dev.reserva.harness.broker.KafkaNode;
import dev.reserva.harness.broker.RabbitNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The broker between the databases of a cluster: none, one that is given, or a private node, whose
 * data stay in the cluster's folder.
 */
final class ClusterBroker {
  private final BrokerAddress given;
  private final @Nullable BrokerProgram program;

  private ClusterBroker(BrokerAddress given, @Nullable BrokerProgram program) {
    this.given = given;
    this.program = program;
  }

  /**
   * Says which broker is used, without starting it.
   *
   * @param kafkaBroker the packaged module {@code kafka-broker}; needed for a private Kafka
   * @throws ClusterFailure if that is needed and not there
   */
  static ClusterBroker of(
      ClusterOptions options, ClusterFolder folder, @Nullable Path kafkaBroker) {
    Transport transport = options.transport();
    String broker = options.broker();
    if (transport == Transport.POSTGRES) {
      return new ClusterBroker(BrokerAddress.NONE, null);
    }
    if (broker != null) {
      return new ClusterBroker(BrokerAddress.given(transport, broker), null);
    }
    String role = transport.label();
    BrokerProgram.Creation creation =
        transport == Transport.RABBITMQ
            ? () -> RabbitNode.start(folder.of(role), folder.log(role + "-1"))
            : kafka(packaged(kafkaBroker), folder, role);
    return new ClusterBroker(BrokerAddress.NONE, new BrokerProgram(role, creation));
  }

  private static Path packaged(@Nullable Path kafkaBroker) {
    if (kafkaBroker == null || !Files.isRegularFile(kafkaBroker)) {
      throw new ClusterFailure(
          "a private Kafka needs the packaged module kafka-broker (--kafka-broker JAR), was "
              + kafkaBroker);
    }
    return kafkaBroker;
  }

  private static BrokerProgram.Creation kafka(Path packaged, ClusterFolder folder, String role) {
    return () -> KafkaNode.start(packaged, folder.of(role), folder.log(role + "-1"));
  }

  /** The private node, to be started before {@link #address()} is asked for. */
  Optional<BrokerProgram> program() {
    return Optional.ofNullable(program);
  }

  /** What processes are told of the broker. */
  BrokerAddress address() {
    return program == null ? given : address(program.node());
  }

  private static BrokerAddress address(BrokerNode node) {
    return switch (node) {
      case RabbitNode rabbit ->
          new BrokerAddress(
              Map.of(
                  BrokerAddress.RABBITMQ_URI,
                  rabbit.address().toString(),
                  BrokerAddress.RABBITMQ_USERNAME,
                  rabbit.user()),
              Map.of(BrokerAddress.RABBITMQ_PASSWORD, rabbit.passwordFile()));
      case KafkaNode kafka ->
          new BrokerAddress(
              Map.of(BrokerAddress.KAFKA_SERVERS, kafka.bootstrapServers()), Map.of());
    };
  }

  /**
   * Makes sure that what the processes have declared survives a kill of the broker: RabbitMQ writes
   * the tables of new queues to disk only after minutes.
   */
  void keepTopology() throws IOException, InterruptedException {
    if (program != null && program.node() instanceof RabbitNode rabbit) {
      rabbit.syncTopology();
    }
  }
}
