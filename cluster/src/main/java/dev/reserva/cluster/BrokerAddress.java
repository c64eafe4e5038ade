package dev.reserva.cluster;

import java.nio.file.Path;
import java.util.Map;

/**
 * What processes are told of their broker.
 *
 * @param properties such as {@code reserva.messaging.rabbitmq.uri}
 * @param secretFiles files of secrets, by property
 */
record BrokerAddress(Map<String, String> properties, Map<String, Path> secretFiles) {
  static final String RABBITMQ_URI = "reserva.messaging.rabbitmq.uri";
  static final String RABBITMQ_USERNAME = "reserva.messaging.rabbitmq.username";
  static final String RABBITMQ_PASSWORD = "reserva.messaging.rabbitmq.password";
  static final String KAFKA_SERVERS = "reserva.messaging.kafka.bootstrap-servers";

  static final BrokerAddress NONE = new BrokerAddress(Map.of(), Map.of());

  BrokerAddress {
    properties = Map.copyOf(properties);
    secretFiles = Map.copyOf(secretFiles);
  }

  /** A broker that the cluster does not run; its credentials are the caller's variables. */
  static BrokerAddress given(Transport transport, String broker) {
    return switch (transport) {
      case POSTGRES -> NONE;
      case RABBITMQ -> new BrokerAddress(Map.of(RABBITMQ_URI, broker), Map.of());
      case KAFKA -> new BrokerAddress(Map.of(KAFKA_SERVERS, broker), Map.of());
    };
  }
}
