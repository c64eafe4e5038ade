package dev.reserva.cluster;

import java.util.Locale;

/** What brings events from process to process: {@code reserva.messaging.transport}. */
public enum Transport {
  /** One database, which all processes share. */
  POSTGRES,
  /** A database for each service, and RabbitMQ between them. */
  RABBITMQ,
  /** A database for each service, and Kafka between them. */
  KAFKA;

  /** The value of the property, such as {@code rabbitmq}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean hasBroker() {
    return this != POSTGRES;
  }
}
