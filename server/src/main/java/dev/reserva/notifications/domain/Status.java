package dev.reserva.notifications.domain;

import java.util.Locale;

/** What has become of a message. Only PENDING is left. */
public enum Status {
  PENDING,
  SENT,
  FAILED,
  /** It is not sent on purpose, for the reason that stands with it. */
  SKIPPED;

  /**
   * @throws IllegalArgumentException if no message in the history has such a status
   */
  public static Status parse(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "PENDING" -> PENDING;
      case "SENT" -> SENT;
      case "FAILED" -> FAILED;
      case "SKIPPED" -> SKIPPED;
      default ->
          throw new IllegalArgumentException(
              "status must be one of PENDING, SENT, FAILED, SKIPPED, was \"%s\""
                  .formatted(Names.excerpt(name)));
    };
  }
}
