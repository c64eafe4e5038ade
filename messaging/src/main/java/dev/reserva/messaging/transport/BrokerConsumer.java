package dev.reserva.messaging.transport;

import dev.reserva.messaging.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The consuming end of a broker for one queue. One thread uses it.
 *
 * <p>It also brings each message that the broker has taken out of the queue although no consumer
 * has settled it ({@link Received#givenUp}), if the broker does such a thing.
 *
 * <p>{@link #poll} and {@link #settle} throw {@link BrokerUnavailable} once the connection is lost;
 * what was not settled is then delivered again, to the next consumer.
 */
public interface BrokerConsumer extends AutoCloseable {

  /**
   * Messages that have arrived, in order. Never waits.
   *
   * @param max most messages
   */
  List<Received> poll(int max);

  /**
   * Settles the oldest messages that were polled and not settled yet.
   *
   * @param polled these messages, in order
   * @param unreadable those of them that the broker moves to the dead-letter queue; it forgets the
   *     others
   */
  void settle(List<Received> polled, List<Received> unreadable);

  /**
   * Why no messages arrive for now, although the consumer need not be closed, because it connects
   * again by itself; empty when it is connected.
   */
  default Optional<String> disconnected() {
    return Optional.empty();
  }

  /**
   * How many messages of the queue are not settled yet; empty when the broker does not tell. Never
   * waits, and does not throw when the connection is lost.
   */
  default OptionalLong lag() {
    return OptionalLong.empty();
  }

  @Override
  void close();

  /**
   * A message of the queue.
   *
   * @param tag identifies it to its consumer
   * @param headers texts by name; values of other kinds as text
   * @param givenUp why the broker does not deliver it to be imported any more; null if it does
   */
  record Received(long tag, Bytes body, Map<String, String> headers, @Nullable String givenUp) {

    /** A message to be imported. */
    public Received(long tag, Bytes body, Map<String, String> headers) {
      this(tag, body, headers, null);
    }
  }
}
