package dev.reserva.messaging.store;

import dev.reserva.messaging.Message;

/**
 * An event of the log as a reader needs it.
 *
 * @param flags the subscriptions that handled it in the transaction that published it, by their
 *     numbers' bits
 */
public record LogEntry(Message message, int flags) {

  long position() {
    return message.position();
  }
}
