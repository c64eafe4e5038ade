package dev.reserva.platform.json;

import java.util.HexFormat;
import java.util.UUID;

/** Parses UUIDs in their canonical form only. The JDK also accepts shortened forms. */
public final class StrictUuid {

  /** The error for any other text. */
  public static final String EXPECTED =
      "must be a UUID such as 01978a3e-7c55-7d61-9a0c-3f2b8e4d5a10";

  private static final int LENGTH = 36;

  private StrictUuid() {}

  /**
   * @throws IllegalArgumentException if the text is not a UUID
   */
  public static UUID parse(String text) {
    if (!isCanonical(text)) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return UUID.fromString(text);
  }

  private static boolean isCanonical(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean fits =
          switch (i) {
            case 8, 13, 18, 23 -> c == '-';
            default -> HexFormat.isHexDigit(c);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
