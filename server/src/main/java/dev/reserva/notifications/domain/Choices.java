package dev.reserva.notifications.domain;

import java.util.HashMap;
import java.util.Map;

/**
 * What a customer wants to receive. What is not chosen is as each kind begins.
 *
 * @param made the choices of the customer
 */
public record Choices(Map<Choice, Boolean> made) {

  /** Of a customer who has chosen nothing. */
  public static final Choices NONE = new Choices(Map.of());

  /** A kind of messages by a channel. */
  public record Choice(Kind kind, Channel channel) {}

  /**
   * @throws IllegalArgumentException if a kind that cannot be unsubscribed is not wanted
   */
  public Choices {
    made = Map.copyOf(made);
    made.forEach((choice, wanted) -> {
      if (choice.kind().isBinding() && !wanted) {
        throw new IllegalArgumentException(
            "messages of the kind %s cannot be unsubscribed".formatted(choice.kind().wire()));
      }
    });
  }

  /** Whether a message is sent. */
  public boolean wants(Kind kind, Channel channel) {
    return kind.isBinding() || made.getOrDefault(new Choice(kind, channel), kind.isWantedAtFirst());
  }

  /** The same with one choice in place of what was chosen. */
  public Choices with(Kind kind, Channel channel, boolean wanted) {
    Map<Choice, Boolean> changed = new HashMap<>(made);
    changed.put(new Choice(kind, channel), wanted);
    return new Choices(changed);
  }
}
