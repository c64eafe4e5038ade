package dev.reserva.messaging.transport;

import dev.reserva.messaging.Message;
import java.util.List;

/** What the services of a database have published: its log without imported events. */
public interface PublishedEvents {

  /**
   * Begins to read.
   *
   * @param position the next event is the first to be read
   * @param grown raised when the log may have grown
   */
  Reader open(long position, Signal grown);

  /** Reads the log onwards. One thread uses it. */
  interface Reader extends AutoCloseable {

    /**
     * Reads on. Never waits.
     *
     * @param max most messages
     */
    Part read(int max);

    @Override
    void close();
  }

  /**
   * @param messages events in order of position
   * @param upTo position up to which the log has been read
   */
  record Part(List<Message> messages, long upTo) {}
}
