package dev.reserva.operations.domain;

import java.util.Locale;

/** What an entry of an order's timeline tells of. */
public enum TimelineKind {
  /** A command of staff, or of a program with an API key. */
  COMMAND,
  EVENT,
  /** A change of a product's stock. */
  STOCK,
  /** A payment, or what came of it. */
  PAYMENT,
  REFUND,
  SHIPMENT,
  RETURN,
  /** An event that is tried again, or waits behind one. */
  RETRY,
  /** An event that a subscription has given up, or what an operator did about it. */
  DEAD_LETTER,
  NOTIFICATION,
  /** An event that an endpoint outside of the system is sent. */
  WEBHOOK;

  /** The name in answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
