package dev.reserva.financial.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/**
 * How a buyer pays.
 *
 * @param token reference of the provider's token for the buyer's means of payment: sealed, and
 *     opened only where the provider is asked; the token itself in a payment of a version that did
 *     not seal; 1..{@value #MAX_REFERENCE_LENGTH} characters
 */
public record PaymentChoice(PaymentMethod method, @Nullable String token) {

  public static final int MAX_TOKEN_LENGTH = 255;

  /** A token of 255 characters of 4 bytes each, sealed and encoded. */
  static final int MAX_REFERENCE_LENGTH = 1_500;

  public PaymentChoice {
    if (token != null && (token.isEmpty() || Text.length(token) > MAX_REFERENCE_LENGTH)) {
      throw new IllegalArgumentException(
          "token must have 1..%d characters, had %d"
              .formatted(MAX_REFERENCE_LENGTH, Text.length(token)));
    }
  }

  /**
   * A token as a caller gives it. It is the provider's, so it is refused rather than changed.
   *
   * @throws IllegalArgumentException if it is not one line of 1..{@value #MAX_TOKEN_LENGTH}
   *     characters without white space around it
   */
  public static String checkedToken(String token) {
    if (!Text.line("token", token, 1, MAX_TOKEN_LENGTH).equals(token)) {
      throw new IllegalArgumentException(
          "token must be as the provider gave it, without white space around it");
    }
    return token;
  }

  /** Whether this asks for nothing else than the other, which may name a token besides. */
  boolean isMetBy(PaymentChoice other) {
    return method == other.method && (token == null || token.equals(other.token));
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "PaymentChoice[method=%s]".formatted(method);
  }
}
