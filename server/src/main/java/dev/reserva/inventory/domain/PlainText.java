package dev.reserva.inventory.domain;

/** What every text that people type must be: of bounded length and without control characters. */
final class PlainText {

  private PlainText() {}

  /**
   * @return the text without white space around it
   * @throws IllegalArgumentException naming the field, the bound and the actual length
   */
  static String checked(String field, String text, int min, int max) {
    String stripped = text.strip();
    if (stripped.length() < min || stripped.length() > max) {
      throw new IllegalArgumentException(
          "%s must have %d..%d characters, had %d".formatted(field, min, max, stripped.length()));
    }
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      boolean allowed = !Character.isISOControl(c) || c == '\n' || c == '\t';
      if (Character.isHighSurrogate(c)
          && i + 1 < stripped.length()
          && Character.isLowSurrogate(stripped.charAt(i + 1))) {
        i++;
      } else if (!allowed || Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            "%s must be plain text, had U+%04X at %d".formatted(field, (int) c, i));
      }
    }
    return stripped;
  }
}
