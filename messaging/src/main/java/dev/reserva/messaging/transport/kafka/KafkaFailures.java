package dev.reserva.messaging.transport.kafka;

import dev.reserva.messaging.transport.BrokerUnavailable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;

/** Texts of failures. */
final class KafkaFailures {

  private KafkaFailures() {}

  static BrokerUnavailable unreachable(KafkaSettings settings, Throwable e) {
    return new BrokerUnavailable(
        "Kafka cannot be used at %s: %s".formatted(settings, reason(e)), e);
  }

  static BrokerUnavailable lost(Throwable e) {
    return new BrokerUnavailable("Kafka's client has given up: " + reason(e), e);
  }

  /** Records were not read in time. To go on would lose their events silently. */
  static IllegalStateException recordsGone(InvalidOffsetException e) {
    return new IllegalStateException(
        ("records of %s are gone that were not read, because the consumer was away for longer than"
                + " the topic keeps them, or the cluster has lost them; to go on without them set"
                + " the group's offsets with kafka-consumer-groups --reset-offsets")
            .formatted(e.partitions()),
        e);
  }

  /** The texts of a failure and its causes: the cause often tells more. */
  static String reason(Throwable e) {
    Throwable first = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    StringBuilder text = new StringBuilder(text(first));
    Throwable cause = first.getCause();
    for (int depth = 0; cause != null && depth < 5; depth++) {
      if (text.indexOf(text(cause)) < 0) {
        text.append(": ").append(text(cause));
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String text(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
