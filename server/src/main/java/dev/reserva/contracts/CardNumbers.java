package dev.reserva.contracts;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what may be the number of a payment card: {@value #MIN}..{@value #MAX} digits with a valid
 * check digit (ISO/IEC 7812, Luhn). Such a number must be in no record, so it is refused wherever
 * people type text.
 *
 * <p>Digits of any script count. Groups of digits count as one number if up to three spaces, dashes
 * or dots stand between them. One in ten other numbers of that length passes the check too; the
 * codes that are such numbers by nature (SKU, telephone) are not searched.
 */
public final class CardNumbers {

  static final int MIN = 12;
  static final int MAX = 19;

  /** Shorter groups of digits are parts of dates and amounts, unless all groups together fit. */
  private static final int GROUP = 3;

  private static final int MOST_BETWEEN = 3;

  private static final Pattern UUID =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private CardNumbers() {}

  /** There is such a number. The message does not show it. */
  public static final class Found extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Found(int digits) {
      super(
          ("must not contain what may be a card number (%d..%d digits with a valid check digit),"
                  + " had one of %d digits")
              .formatted(MIN, MAX, digits));
    }
  }

  /**
   * The text, if it has no such number.
   *
   * @throws Found if it has one
   */
  public static String refuse(String text) {
    int digits = digitsIn(text);
    if (digits > 0) {
      throw new Found(digits);
    }
    return text;
  }

  /** The number of digits of the first number that may be a card's, 0 if there is none. */
  public static int digitsIn(String text) {
    if (hasFewDigits(text)) {
      return 0;
    }
    String plain = UUID.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("x");
    List<String> run = new ArrayList<>();
    StringBuilder group = new StringBuilder();
    int between = 0;
    for (int i = 0; i < plain.length(); ) {
      int point = plain.codePointAt(i);
      i += Character.charCount(point);
      int digit = Character.digit(point, 10);
      if (digit >= 0) {
        group.append((char) ('0' + digit));
        between = 0;
        continue;
      }
      if (!group.isEmpty()) {
        run.add(group.toString());
        group.setLength(0);
      }
      if (!isSeparator(point) || ++between > MOST_BETWEEN) {
        int found = cardIn(run);
        if (found > 0) {
          return found;
        }
        run.clear();
      }
    }
    if (!group.isEmpty()) {
      run.add(group.toString());
    }
    return cardIn(run);
  }

  /** Most texts have few digits, and need no more than this. */
  private static boolean hasFewDigits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Beyond ASCII anything may be a digit, or half of one.
      if ((c >= '0' && c <= '9') || c >= 0x80) {
        digits++;
      }
    }
    return digits < MIN;
  }

  private static boolean isSeparator(int point) {
    return point == '.'
        || point == '\t'
        || Character.isSpaceChar(point)
        || Character.getType(point) == Character.DASH_PUNCTUATION;
  }

  private static int cardIn(List<String> run) {
    int whole = run.stream().mapToInt(String::length).sum();
    if (whole < MIN) {
      return 0;
    }
    if (isCard(String.join("", run))) {
      return whole;
    }
    for (int from = 0; from < run.size(); from++) {
      StringBuilder number = new StringBuilder();
      for (int to = from; to < run.size() && run.get(to).length() >= GROUP; to++) {
        number.append(run.get(to));
        if (number.length() > MAX) {
          break;
        }
        if (isCard(number.toString())) {
          return number.length();
        }
      }
    }
    return 0;
  }

  private static boolean isCard(String digits) {
    if (digits.length() < MIN || digits.length() > MAX) {
      return false;
    }
    int sum = 0;
    boolean doubled = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digits.charAt(i) - '0';
      int part = doubled ? 2 * digit : digit;
      sum += part > 9 ? part - 9 : part;
      doubled = !doubled;
    }
    return sum % 10 == 0;
  }
}
