package dev.reserva.messaging.transport;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The publishing end of a broker. One thread uses it. No method waits for the broker to confirm.
 *
 * <p>Once the connection is lost, {@link #send} and {@link #blocked} throw {@link
 * BrokerUnavailable}. {@link #outcomes} has those that arrived before; the outcome of everything
 * else in flight is unknown.
 */
public interface BrokerPublisher extends AutoCloseable {

  /**
   * Sends a message. Its outcome follows later, by {@link #outcomes}.
   *
   * @param number identifies the message in its outcome; no other message in flight has it
   */
  void send(long number, BrokerMessage message);

  /** The outcomes since the last call, in the order in which they arrived. */
  List<Outcome> outcomes();

  /**
   * Why the broker takes no messages for now, such as a lack of memory; empty when it takes them.
   */
  Optional<String> blocked();

  /**
   * Whether the broker has what the relay of a log has sent: false before {@link #remember}, and
   * after the broker has lost what it had.
   *
   * @throws BrokerUnavailable when the connection is lost
   */
  boolean remembers(UUID log);

  /**
   * Makes the broker remember, as durably as its queues, that the relay of a log sends to it.
   *
   * @throws BrokerUnavailable when the connection is lost
   */
  void remember(UUID log);

  @Override
  void close();

  /** What became of a message. */
  sealed interface Outcome {

    long number();

    /** Every queue that the message was routed to keeps it durably. */
    record Confirmed(long number) implements Outcome {}

    /** The broker did not take it, for example because a queue is full. */
    record Rejected(long number) implements Outcome {}

    /**
     * There is no queue for it, although somebody consumes its type.
     *
     * @param reason names the type and where it was sent
     */
    record Unroutable(long number, String reason) implements Outcome {}
  }
}
