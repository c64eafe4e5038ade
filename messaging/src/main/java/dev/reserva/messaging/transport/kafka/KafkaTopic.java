package dev.reserva.messaging.transport.kafka;

/**
 * A topic as it has to be.
 *
 * @param partitions how many it has; it never changes while it has records, because that would
 *     change the partition of keys
 */
public record KafkaTopic(String name, int partitions) {

  /** Ends the name of the topic of what cannot be read as an event. */
  static final String DEAD = ".dlt";

  /** The topic of what cannot be read as an event. */
  KafkaTopic deadLetters() {
    return new KafkaTopic(name + DEAD, 1);
  }
}
