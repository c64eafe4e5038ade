package dev.reserva.notifications.domain;

import java.util.Locale;

/** Why a message was not sent. */
public enum Failure {
  /** The recipient has no address of this channel. */
  NO_ADDRESS,
  /** The personal data of the recipient are erased. */
  ERASED,
  /** Nothing is known about the customer or the order, also after the last attempt. */
  UNKNOWN_CUSTOMER,
  /** The address was refused for good, now or by an earlier message. */
  BOUNCED,
  /** The server or provider refused the message. */
  REJECTED,
  /** The template cannot be filled in. */
  TEMPLATE,
  /** Every attempt failed. */
  ATTEMPTS_EXHAUSTED,
  /** The customer does not want it. */
  UNSUBSCRIBED,
  /** The recipient has had as many messages on this day as it may. */
  DAILY_CAP;

  /** The code in answers and events. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
