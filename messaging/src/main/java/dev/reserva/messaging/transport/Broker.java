package dev.reserva.messaging.transport;

import java.util.List;

/**
 * A broker that carries events from the log of one database to those of others.
 *
 * <p>It delivers at least once. It keeps the order in which events of one key were sent, if each is
 * sent after the one before is confirmed.
 */
public interface Broker {

  /**
   * The queues that this process consumes, such as {@code inventory.queue}. Each has all events of
   * a key that concern this process, or none. Several queues may have the same event.
   */
  List<String> queues();

  /**
   * Connects, and declares what the broker must have before anything is sent.
   *
   * @param changed raised when there is an outcome, the connection is lost, blocked or unblocked
   * @throws BrokerUnavailable when the broker cannot be reached, or refuses a declaration
   */
  BrokerPublisher openPublisher(Signal changed);

  /**
   * Connects, declares the queue, and begins to consume it.
   *
   * @param arrived raised when a message has arrived or the connection is lost
   * @throws BrokerUnavailable when the broker cannot be reached, or refuses a declaration
   */
  BrokerConsumer openConsumer(String queue, Signal arrived);
}
