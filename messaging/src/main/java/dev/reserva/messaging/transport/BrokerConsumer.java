package dev.reserva.messaging.transport;

import dev.reserva.messaging.Bytes;
import java.util.List;
import java.util.Map;

/**
 * The consuming end of a broker for one queue. One thread uses it.
 *
 * <p>All methods but {@link #close} throw {@link BrokerUnavailable} once the connection is lost;
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

  @Override
  void close();

  /**
   * A message of the queue.
   *
   * @param tag identifies it to its consumer
   * @param headers texts by name; values of other kinds as text
   */
  record Received(long tag, Bytes body, Map<String, String> headers) {}
}
