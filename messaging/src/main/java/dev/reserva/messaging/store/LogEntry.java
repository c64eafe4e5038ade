package dev.reserva.messaging.store;

import dev.reserva.messaging.Message;

/**
 * An event of the log, as its readers get it.
 *
 * @param flags one bit for each subscription, by its number: set when the subscription handled the
 *     event in the transaction that published it; the sign bit when it was {@linkplain
 *     dev.reserva.messaging.transport.ImportedFlag imported}
 */
public record LogEntry(Message message, int flags) {

  long position() {
    return message.position();
  }

  /** Characters of its payload. */
  int payloadLength() {
    return message.event().data().length();
  }
}
