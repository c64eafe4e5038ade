package dev.reserva.platform.audit;

/**
 * Texts of the audit trail. Some come from callers who mean ill: they are short, and have nothing
 * in them that a database or a terminal treats in its own way.
 */
final class AuditText {

  static final int MAX_LENGTH = 200;

  private AuditText() {}

  /**
   * The text with at most {@value #MAX_LENGTH} UTF-16 units. A control character becomes a space,
   * half of a surrogate pair becomes U+FFFD.
   */
  static String clean(String text) {
    if (text.length() <= MAX_LENGTH && isClean(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(MAX_LENGTH);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (clean.length() + Character.charCount(point) >= MAX_LENGTH) {
        return clean.append('…').toString();
      }
      clean.appendCodePoint(Character.isISOControl(point) ? ' ' : isHalf(point) ? 0xFFFD : point);
      i += Character.charCount(point);
    }
    return clean.toString();
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isISOControl(unit) || Character.isSurrogate(unit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
