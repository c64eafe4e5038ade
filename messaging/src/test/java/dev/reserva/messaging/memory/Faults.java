package dev.reserva.messaging.memory;

/** Where a process can be made to die: whoever is asked throws what kills it. */
@FunctionalInterface
public interface Faults {

  /** Nothing ever happens. */
  Faults NONE = _ -> {};

  void at(Point point);

  /** The steps of a process that moves a message. */
  enum Point {
    /** Before it does anything to what outlives it. */
    CALL,
    /** The handler is through. */
    EFFECT,
    /** Local handlers are through. */
    LOCAL,
    /** New events are appended. */
    APPEND,
    /** All is committed. */
    COMMIT,
    /** The transport is about to be told. */
    ACKNOWLEDGE
  }
}
