package dev.reserva.notifications.domain;

import dev.reserva.contracts.Text;
import java.util.regex.Pattern;

/** The forms of addresses that a message can be sent to. */
public final class Address {

  public static final int MAX_EMAIL =
      254; // RFC 5321, 4.5.3.1.3: a path has 256 octets with its brackets

  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s<>,;:\"()\\[\\]\\\\]+@[^@\\s<>,;:\"()\\[\\]\\\\]+");

  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}"); // E.164

  private Address() {}

  /**
   * @throws IllegalArgumentException if the text is no e-mail address
   */
  public static String email(String text) {
    String address = Text.line("recipient", text, 3, MAX_EMAIL);
    if (!EMAIL.matcher(address).matches()) {
      throw new IllegalArgumentException(
          "recipient must be an e-mail address such as maria@example.org, was \"%s\""
              .formatted(Text.excerpt(address)));
    }
    return address;
  }

  /**
   * @throws IllegalArgumentException if the text is no telephone number in the form of E.164
   */
  public static String phone(String text) {
    if (!PHONE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "recipient must be a telephone number such as +5511987654321, was \"%s\""
              .formatted(Text.excerpt(text)));
    }
    return text;
  }
}
