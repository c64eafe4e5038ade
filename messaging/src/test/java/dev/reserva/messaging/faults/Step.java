package dev.reserva.messaging.faults;

/** A step of relay or intake at which a process can die. */
enum Step {
  /** The relay has read an event and not sent it. */
  BEFORE_SEND,
  /** The relay has sent an event, and knows no outcome. */
  AFTER_SEND,
  /** The broker has confirmed an event; the cursor has not moved. */
  AFTER_CONFIRM,
  /** The intake has messages; nothing is recorded. */
  AFTER_DELIVERY,
  /** The intake has committed; nothing is acknowledged. */
  AFTER_COMMIT,
  /** The intake has acknowledged what it committed. */
  AFTER_ACKNOWLEDGE;

  boolean isOfRelay() {
    return compareTo(AFTER_CONFIRM) <= 0;
  }
}
