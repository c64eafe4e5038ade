package dev.reserva.notifications.domain;

import java.util.Locale;

/** What a message is to its recipient, by which a customer chooses what to receive. */
public enum Kind {
  /** What the customer has to know of an order or a login. It cannot be unsubscribed. */
  TRANSACTION(true),
  /** How an order gets on. */
  PROGRESS(false),
  /** What the shop would like to tell. */
  NEWS(false),
  /** What operators have to know. They are named by the configuration. */
  ALERT(true);

  private final boolean binding;

  Kind(boolean binding) {
    this.binding = binding;
  }

  /** Whether it is sent whatever the recipient prefers. */
  public boolean isBinding() {
    return binding;
  }

  /** The name in requests and answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
