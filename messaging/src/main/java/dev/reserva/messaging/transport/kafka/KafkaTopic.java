package dev.reserva.messaging.transport.kafka;

import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it has to be.
 *
 * @param partitions how many it has; it never changes while it has records, because that would
 *     change the partition of keys
 */
public record KafkaTopic(String name, int partitions, Cleanup cleanup) {

  /** Ends the name of the topic of what cannot be read as an event. */
  static final String DEAD = ".dlt";

  /** Which records Kafka removes. */
  public enum Cleanup {
    /** Those that are older than the retention. */
    DELETE(TopicConfig.CLEANUP_POLICY_DELETE),
    /** Those of a key that has a newer one. */
    COMPACT(TopicConfig.CLEANUP_POLICY_COMPACT);

    private final String policy;

    Cleanup(String policy) {
      this.policy = policy;
    }

    /** As Kafka names it. */
    String policy() {
      return policy;
    }
  }

  /** A topic that keeps its records for the retention. */
  public KafkaTopic(String name, int partitions) {
    this(name, partitions, Cleanup.DELETE);
  }

  /** The topic of what cannot be read as an event. */
  KafkaTopic deadLetters() {
    return new KafkaTopic(name + DEAD, 1);
  }
}
