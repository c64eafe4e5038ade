package dev.reserva.notifications.domain;

/**
 * The words of a message in one language, with places for values in the notation of Mustache.
 *
 * @param subject on one line
 * @param text without markup
 * @param html the inside of the page's body
 * @param brief for SMS and push messages
 */
public record Template(String subject, String text, String html, String brief) {

  public static final int MAX_SUBJECT = 200;
  public static final int MAX_LENGTH = 20_000;
  public static final int MAX_BRIEF = 500;

  public Template {
    check("subject", subject, MAX_SUBJECT);
    check("text", text, MAX_LENGTH);
    check("html", html, MAX_LENGTH);
    check("brief", brief, MAX_BRIEF);
  }

  private static void check(String part, String value, int most) {
    int length = value.codePointCount(0, value.length());
    if (value.isBlank() || length > most) {
      throw new IllegalArgumentException(
          "%s must have 1..%d characters, had %d".formatted(part, most, length));
    }
  }
}
