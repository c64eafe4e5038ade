package dev.reserva.messaging.memory;

/** Makes a process die at a point: the call throws what kills it. */
@FunctionalInterface
public interface Faults {

  /** No process dies. */
  Faults NONE = _ -> {};

  void at(Point point);

  /** The steps of a process that delivers a message. */
  enum Point {
    /** Before it changes anything durable. */
    CALL,
    /** The handler has run. */
    EFFECT,
    /** Local handlers have run. */
    LOCAL,
    /** New events are appended. */
    APPEND,
    /** All is committed. */
    COMMIT,
    /** The delivery is about to be acknowledged to the transport. */
    ACKNOWLEDGE
  }
}
