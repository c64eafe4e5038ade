package dev.reserva.messaging.transport.kafka;

import java.util.UUID;

/**
 * The topics that relays send to, and whether they are those to which events were sent before. All
 * methods throw {@link dev.reserva.messaging.transport.BrokerUnavailable} when Kafka cannot be
 * reached.
 */
interface PublishedTopics {

  /**
   * Checks a topic before the events of a log are sent to it, and creates it if that is allowed.
   *
   * @return false if it does not exist
   * @throws dev.reserva.messaging.transport.BrokerUnavailable also when it is another one than that
   *     to which events were sent
   */
  boolean isThere(KafkaTopic topic, UUID log);

  /** Whether all topics to which a log's events were sent are there, and are the same. */
  boolean remembers(UUID log);

  /** Remembers the topics that are there. */
  void remember(UUID log);
}
