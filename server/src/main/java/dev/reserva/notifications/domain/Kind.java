package dev.reserva.notifications.domain;

import java.util.List;
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

  /** Whether it is sent to a customer who has chosen nothing. News need a choice. */
  public boolean isWantedAtFirst() {
    return this != NEWS;
  }

  /** Those that customers get. */
  public static final List<Kind> OF_CUSTOMERS = List.of(TRANSACTION, PROGRESS, NEWS);

  /**
   * @throws IllegalArgumentException if customers get no such kind
   */
  public static Kind ofWire(String name) {
    return OF_CUSTOMERS.stream()
        .filter(kind -> kind.wire().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "kind must be one of transaction, progress, news, was \"%s\""
                    .formatted(Names.excerpt(name))));
  }

  /** The name in requests and answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
