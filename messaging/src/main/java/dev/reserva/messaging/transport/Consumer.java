package dev.reserva.messaging.transport;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.util.List;

/**
 * The consuming end of a transport for one subscription. Only the subscription's thread uses it,
 * except for {@link #wake} and {@link #passedTo}.
 */
public interface Consumer extends AutoCloseable {

  /**
   * Returns messages that have arrived and were not delivered since the consumer was opened or
   * {@linkplain #redeliver reset}. Never waits.
   *
   * @param max most messages
   */
  Delivery poll(int max);

  /**
   * The messages that have not taken effect yet, as the transaction of the effect sees it. A
   * transport that may deliver twice records them in this transaction; one that does not returns
   * all.
   */
  List<Message> fresh(UnitOfWork tx, List<Message> messages);

  /** Reports that a delivery has taken effect durably, so that it is not delivered again. */
  void acknowledge(Delivery delivery);

  /** Makes the next polls deliver again what was delivered and not acknowledged. */
  void redeliver();

  /**
   * A position up to which nothing waits for the subscription. It may be beyond the last delivery
   * if only events that need no handling follow. Any thread may call it.
   */
  long passedTo();

  /** Waits until a message may have arrived, {@link #wake} is called, or the time-out expires. */
  void await(Duration timeout) throws InterruptedException;

  /** Ends a wait, the current one or the next. Any thread may call it. */
  void wake();

  @Override
  void close();

  /**
   * @param messages messages of the subscription's types, in order per key; without those that it
   *     handled locally
   * @param upTo the subscription's position in the log once the delivery has taken effect
   * @param passed events up to {@code upTo} that the subscription handled locally
   */
  record Delivery(List<Message> messages, long upTo, Passed passed) {}
}
