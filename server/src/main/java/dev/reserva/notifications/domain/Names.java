package dev.reserva.notifications.domain;

/** Shows names that callers have typed in errors. */
final class Names {

  private static final int EXCERPT = 40;

  private Names() {}

  static String excerpt(String name) {
    return name.length() <= EXCERPT ? name : name.substring(0, EXCERPT) + "…";
  }
}
