package dev.reserva.contracts;

import java.text.Normalizer;

/**
 * The rules for text that people type: the same in every service, so that a name or a code that one
 * service accepted is the same text in the others.
 *
 * <p>Each method returns the text in Unicode normal form C (NFC) without outer white space, which
 * includes no-break spaces and the zero-width characters. Lengths count characters (code points),
 * not UTF-16 units. The errors name the field, the bound and the actual length, or the character
 * that is not allowed and its position.
 */
public final class Text {

  private static final int EXCERPT = 40;

  private Text() {}

  /**
   * Text on one line: no control characters, no line or paragraph separators.
   *
   * @throws IllegalArgumentException if it is too short, too long or has such a character
   */
  public static String line(String field, String text, int min, int max) {
    return checked(field, text, min, max, Kind.LINE);
  }

  /**
   * Text on any number of lines: no control characters but tab, line feed and carriage return.
   *
   * @throws IllegalArgumentException if it is too short, too long or has such a character
   */
  public static String lines(String field, String text, int min, int max) {
    return checked(field, text, min, max, Kind.LINES);
  }

  /**
   * A code that people compare by eye, such as an SKU. Nothing in it is invisible or ambiguous: no
   * control, format (zero-width, bidirectional) or private-use characters, no line or paragraph
   * separators, no variation selectors or fillers.
   *
   * @throws IllegalArgumentException if it is empty, too long or has such a character
   */
  public static String code(String field, String text, int max) {
    return checked(field, text, 1, max, Kind.CODE);
  }

  /**
   * What two codes have in common that look alike: Unicode normal form KC (NFKC), in which the
   * full-width "Ａ１" equals "A1". Upper and lower case stay apart.
   */
  public static String key(String code) {
    return Normalizer.normalize(code, Normalizer.Form.NFKC);
  }

  /** The number of characters (code points). */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A text as an error shows it: what is beyond 40 characters is left out. */
  public static String excerpt(String text) {
    return length(text) <= EXCERPT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + "…";
  }

  private static String checked(String field, String text, int min, int max, Kind kind) {
    String clean = trimmed(Normalizer.normalize(text, Normalizer.Form.NFC));
    int length = length(clean);
    if (length < min || length > max) {
      throw new IllegalArgumentException(
          "%s must have %d..%d characters, had %d".formatted(field, min, max, length));
    }
    int at = 0;
    for (int i = 0; i < clean.length(); at++) {
      int point = clean.codePointAt(i);
      if (!kind.allows(point)) {
        throw new IllegalArgumentException(
            "%s must have %s, had U+%04X at %d".formatted(field, kind.rule, point, at));
      }
      i += Character.charCount(point);
    }
    return clean;
  }

  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (from < to && isBlank(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  /** White space of any kind, and what has no width. */
  private static boolean isBlank(int point) {
    return switch (point) {
      case 0x85, // next line
          0xAD, // soft hyphen
          0x180E, // Mongolian vowel separator
          0x200B, // zero width space
          0x200C, // zero width non-joiner
          0x200D, // zero width joiner
          0x2060, // word joiner
          0xFEFF -> // zero width no-break space, byte order mark
          true;
      default -> Character.isWhitespace(point) || Character.isSpaceChar(point);
    };
  }

  private enum Kind {
    LINE("one line without control characters"),
    LINES("no control characters"),
    CODE("no control, format, private-use or invisible characters");

    private final String rule;

    Kind(String rule) {
      this.rule = rule;
    }

    boolean allows(int point) {
      return switch (Character.getType(point)) {
        case Character.SURROGATE -> false;
        case Character.CONTROL ->
            this == LINES && (point == '\n' || point == '\r' || point == '\t');
        case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> this == LINES;
        case Character.FORMAT, Character.PRIVATE_USE -> this != CODE;
        default -> this != CODE || !isInvisible(point);
      };
    }

    /**
     * What Unicode calls default-ignorable beside the format characters: fonts show nothing for it.
     * And the noncharacters, which mean nothing.
     */
    private static boolean isInvisible(int point) {
      return switch (point) {
        case 0x034F, // combining grapheme joiner
            0x115F, // Hangul fillers
            0x1160,
            0x3164,
            0xFFA0,
            0x17B4, // Khmer inherent vowels
            0x17B5,
            0x180B, // Mongolian variation selectors
            0x180C,
            0x180D,
            0x180F,
            0x2065,
            0x2800 -> // blank Braille pattern
            true;
        default ->
            (point >= 0xFE00 && point <= 0xFE0F) // variation selectors
                || (point >= 0xE0000 && point <= 0xE0FFF)
                || (point >= 0xFDD0 && point <= 0xFDEF)
                || (point & 0xFFFE) == 0xFFFE;
      };
    }
  }
}
