package dev.reserva.platform.json;

import java.util.UUID;
import java.util.regex.Pattern;

/** Reads UUIDs in their one canonical form, and not the shortened ones that the JDK takes. */
public final class StrictUuid {

  private static final Pattern TEXT =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  private StrictUuid() {}

  /**
   * @throws IllegalArgumentException when it is none
   */
  public static UUID parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a UUID");
    }
    return UUID.fromString(text);
  }
}
