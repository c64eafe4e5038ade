package dev.reserva.webhooks.domain;

/** Why there is a delivery. */
public enum DeliveryKind {
  /** An event of the log. */
  EVENT,
  /** A test that an operator or a probe asked for. */
  TEST
}
