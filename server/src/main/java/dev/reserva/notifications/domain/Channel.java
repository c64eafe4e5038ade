package dev.reserva.notifications.domain;

import java.util.Locale;

/** The ways in which a message reaches somebody. */
public enum Channel {
  EMAIL,
  SMS,
  PUSH;

  /** The name in requests, answers and events. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no such channel
   */
  public static Channel ofWire(String name) {
    for (Channel channel : values()) {
      if (channel.wire().equals(name)) {
        return channel;
      }
    }
    throw new IllegalArgumentException(
        "type must be one of email, sms, push, was \"%s\"".formatted(Names.excerpt(name)));
  }
}
