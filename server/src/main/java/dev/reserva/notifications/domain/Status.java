package dev.reserva.notifications.domain;

import java.util.Locale;

/** What has become of a message. Only PENDING is left. */
public enum Status {
  PENDING,
  SENT,
  FAILED,
  /** Its recipient does not want it. It is not part of the history. */
  SKIPPED;

  /**
   * @throws IllegalArgumentException if no message in the history has such a status
   */
  public static Status parse(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "PENDING" -> PENDING;
      case "SENT" -> SENT;
      case "FAILED" -> FAILED;
      default ->
          throw new IllegalArgumentException(
              "status must be one of PENDING, SENT, FAILED, was \"%s\""
                  .formatted(Names.excerpt(name)));
    };
  }
}
