package dev.reserva.messaging.transport.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.LongString;
import java.util.List;
import java.util.Map;

/**
 * What RabbitMQ tells of a message that has become a dead letter.
 *
 * @param reason why, as the newest entry of the header {@code x-death} has it: {@code rejected},
 *     {@code delivery_limit}, {@code expired}, {@code maxlen}
 */
record DeadLetter(String reason) {

  /** Entries, newest first: one for each queue and reason. */
  private static final String DEATHS = "x-death";

  static DeadLetter of(AMQP.BasicProperties properties) {
    Map<String, Object> headers = properties.getHeaders();
    if (headers != null
        && headers.get(DEATHS) instanceof List<?> deaths
        && !deaths.isEmpty()
        && deaths.getFirst() instanceof Map<?, ?> newest
        && newest.get("reason") instanceof LongString reason) {
      return new DeadLetter(reason.toString());
    }
    return new DeadLetter("unknown");
  }

  /** Whether a consumer has rejected it. */
  boolean isRejected() {
    return reason.equals("rejected");
  }

  /**
   * For operators.
   *
   * @param deliveryLimit that of the queue
   */
  String text(int deliveryLimit) {
    return reason.equals("delivery_limit")
        ? "RabbitMQ gave the message up at the limit of %d deliveries, because none was acknowledged"
            .formatted(deliveryLimit)
        : "RabbitMQ took the message out of its queue, with the reason " + reason;
  }
}
