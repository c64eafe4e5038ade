package dev.reserva.notifications.domain;

import dev.reserva.contracts.Text;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An app on a device of a customer.
 *
 * @param token by which the push service names it
 */
public record Device(UUID id, UUID customerId, String token, Instant createdAt) {

  /** Most devices of one customer. */
  public static final int MOST = 10;

  public static final int MAX_TOKEN = 4_096;

  private static final Pattern TOKEN = Pattern.compile("[!-~]{1," + MAX_TOKEN + "}");

  /**
   * @throws IllegalArgumentException if the text can be no token
   */
  public static String token(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "token must have 1..%d visible ASCII characters, was \"%s\""
              .formatted(MAX_TOKEN, Text.excerpt(text)));
    }
    return text;
  }

  /** Hides the token: personal data stays out of logs. */
  @Override
  public String toString() {
    return "Device[id=%s]".formatted(id);
  }
}
