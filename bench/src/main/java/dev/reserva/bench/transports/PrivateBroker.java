package dev.reserva.bench.transports;

import dev.reserva.bench.BenchFailure;
import dev.reserva.cluster.Transport;
import dev.reserva.harness.ProcessCpu;
import dev.reserva.harness.broker.BrokerNode;
import dev.reserva.harness.broker.KafkaNode;
import dev.reserva.harness.broker.RabbitNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A private broker of one node, for one system and for the measurement of its limit. */
final class PrivateBroker implements AutoCloseable {
  private final Transport transport;
  private final BrokerNode node;

  private PrivateBroker(Transport transport, BrokerNode node) {
    this.transport = transport;
    this.node = node;
  }

  /**
   * Starts it.
   *
   * @param transport one that has a broker
   * @param folder for its data; exists, and is empty
   * @throws dev.reserva.harness.HarnessFailure if it does not start
   */
  static PrivateBroker start(Transport transport, Programs programs, Path folder)
      throws IOException, InterruptedException {
    return new PrivateBroker(
        transport,
        switch (transport) {
          case POSTGRES -> throw new IllegalArgumentException("postgres has no broker");
          case RABBITMQ -> RabbitNode.start(folder);
          case KAFKA -> KafkaNode.start(Objects.requireNonNull(programs.kafkaBroker()), folder);
        });
  }

  /** Its address without credentials. */
  String address() {
    return switch (node) {
      case RabbitNode rabbit -> rabbit.address().toString();
      case KafkaNode kafka -> kafka.bootstrapServers();
    };
  }

  /** The variables that tell a server its credentials. */
  Map<String, String> credentials() {
    return switch (node) {
      case RabbitNode rabbit ->
          Map.of(
              "RESERVA_MESSAGING_RABBITMQ_USERNAME",
              rabbit.user(),
              "RESERVA_MESSAGING_RABBITMQ_PASSWORD_FILE",
              rabbit.passwordFile().toString());
      case KafkaNode _ -> Map.of();
    };
  }

  /** All that a server has to be told of it, as variables. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(credentials());
    variables.put("RESERVA_MESSAGING_TRANSPORT", transport.label());
    variables.put(
        switch (node) {
          case RabbitNode _ -> "RESERVA_MESSAGING_RABBITMQ_URI";
          case KafkaNode _ -> "RESERVA_MESSAGING_KAFKA_BOOTSTRAPSERVERS";
        },
        address());
    return variables;
  }

  /** CPU time that it has used. */
  Duration cpu() {
    ProcessHandle process =
        ProcessHandle.of(node.pid()).orElseThrow(() -> new BenchFailure("the broker has ended"));
    return ProcessCpu.withEnded(process).plus(ProcessCpu.ofDescendants(process));
  }

  /** Measures how many messages it carries while nothing else uses it. */
  BrokerLimit limit(LoadTool tool, int bytes, Duration duration)
      throws IOException, InterruptedException {
    return switch (node) {
      case RabbitNode rabbit -> RabbitLimit.measure(tool, rabbit, bytes, duration);
      case KafkaNode kafka -> KafkaLimit.measure(tool, kafka, bytes, duration);
    };
  }

  @Override
  public void close() {
    node.close();
  }
}
