package dev.reserva.messaging.transport;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.util.List;

/**
 * The consuming end of a transport for one subscription; used by one thread, but for {@link #wake}.
 */
public interface Inlet extends AutoCloseable {

  /**
   * What has arrived and was not delivered since the inlet was opened or {@linkplain #redeliver
   * reset}; never waits.
   *
   * @param max most messages
   */
  Delivery poll(int max);

  /**
   * Which of the messages have not taken effect before, as the transaction of the effect sees it. A
   * transport that may deliver twice records them there, so that they are known the next time; one
   * that cannot returns them all.
   */
  List<Message> fresh(UnitOfWork tx, List<Message> messages);

  /** The delivery has taken effect, durably. It need not be brought again. */
  void acknowledge(Delivery delivery);

  /** Brings again whatever was delivered and not acknowledged. */
  void redeliver();

  /** Waits until something may have arrived, {@link #wake} is called, or the time is over. */
  void await(Duration timeout) throws InterruptedException;

  /** Ends a wait, now or the next one. Any thread may call it. */
  void wake();

  @Override
  void close();

  /**
   * @param messages only of types the subscription hears, in order per key
   * @param upTo how far in the log the subscription will have come with this delivery, also when
   *     none of what was passed is for it
   */
  record Delivery(List<Message> messages, long upTo) {}
}
