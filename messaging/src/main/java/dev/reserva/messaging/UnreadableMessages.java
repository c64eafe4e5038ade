package dev.reserva.messaging;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a broker that could not be read as an event, for operators. The broker has moved each
 * to the dead-letter queue of its queue.
 */
public interface UnreadableMessages {

  /** Most bytes of a body that are kept. */
  int MAX_BODY = 1 << 20;

  /**
   * The messages, newest first.
   *
   * @param before id of the last message of the page before; null for the first page
   */
  List<Unreadable> list(@Nullable UUID before, int limit);

  /**
   * @param body at most {@value #MAX_BODY} bytes
   * @param length bytes of the whole body
   * @param headers a JSON object of the message's headers
   * @param reason why it cannot be read as an event
   */
  record Unreadable(
      UUID id,
      String queue,
      Instant receivedAt,
      Bytes body,
      int length,
      String headers,
      String reason) {}
}
