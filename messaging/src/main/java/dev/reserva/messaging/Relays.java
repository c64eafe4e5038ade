package dev.reserva.messaging;

import java.util.Optional;

/**
 * The cursor of the relay to a broker, for operators. It keeps the log's segments until they are
 * relayed, so it has to be removed when no broker joins this log to others any more.
 */
public interface Relays {

  /** The relay of this database; empty if it never had one, or it was removed. */
  Optional<Relay> find(UnitOfWork snapshot);

  /**
   * Removes the cursor, unless a process relays. A relay that starts later begins at the log's
   * start.
   */
  Removal remove(UnitOfWork tx);

  /**
   * @param position everything up to here is relayed
   * @param running whether a process holds the cursor
   */
  record Relay(long position, boolean running) {}

  /** What came of a removal. */
  enum Removal {
    REMOVED,
    /** There is none. */
    UNKNOWN,
    /** A process relays. Nothing changed. */
    RUNNING
  }
}
