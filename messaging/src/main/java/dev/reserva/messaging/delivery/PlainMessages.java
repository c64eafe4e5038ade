package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.util.Map;
import java.util.Optional;

/** Messages without an envelope, which people publish by hand. */
public interface PlainMessages {

  /** There are none. */
  PlainMessages NONE =
      new PlainMessages() {
        @Override
        public Optional<Event> read(Bytes body, Map<String, String> headers) {
          return Optional.empty();
        }

        @Override
        public void imported(Event event, UnitOfWork tx) {}
      };

  /**
   * Reads a message that is no event. The same message is always the same event.
   *
   * @return empty if it is no plain message either
   * @throws Unprocessable if it is one and cannot be accepted
   */
  Optional<Event> read(Bytes body, Map<String, String> headers);

  /** Puts on record that an event was published by hand, in the transaction that imports it. */
  void imported(Event event, UnitOfWork tx);
}
