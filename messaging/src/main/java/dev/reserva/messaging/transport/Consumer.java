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
   * What has arrived and was not delivered since the consumer was opened or {@linkplain #redeliver
   * reset}; never waits.
   *
   * @param max most messages
   */
  Delivery poll(int max);

  /**
   * The messages that have not taken effect before, as the transaction of the effect sees it. A
   * transport that may deliver twice records them in this transaction; one that cannot returns them
   * all.
   */
  List<Message> fresh(UnitOfWork tx, List<Message> messages);

  /** The delivery has taken effect durably and need not be delivered again. */
  void acknowledge(Delivery delivery);

  /** Delivers again whatever was delivered and not acknowledged. */
  void redeliver();

  /**
   * A position up to which nothing waits for the subscription: it may be beyond the last
   * delivery's, where only events followed that need no handling. Any thread may call it.
   */
  long passedTo();

  /** Waits until something may have arrived, {@link #wake} is called, or the timeout is over. */
  void await(Duration timeout) throws InterruptedException;

  /** Ends a wait, the current one or the next. Any thread may call it. */
  void wake();

  @Override
  void close();

  /**
   * @param messages only of types that the subscription hears, in order per key; without those that
   *     it handled locally
   * @param upTo the subscription's position in the log once the delivery has taken effect, also
   *     when no event up to there is for it
   * @param passed events up to {@code upTo} that the subscription handled locally
   */
  record Delivery(List<Message> messages, long upTo, Passed passed) {}
}
