package dev.reserva.financial.domain;

import org.jspecify.annotations.Nullable;

/**
 * How a buyer pays.
 *
 * @param token the provider's token for the buyer's means of payment, 1..{@value #MAX_TOKEN_LENGTH}
 *     characters
 */
public record PaymentChoice(PaymentMethod method, @Nullable String token) {

  public static final int MAX_TOKEN_LENGTH = 255;

  public PaymentChoice {
    if (token != null) {
      requireToken(token);
    }
  }

  /**
   * @return the token
   * @throws IllegalArgumentException when no token can be like that
   */
  public static String requireToken(String token) {
    if (token.isEmpty() || token.length() > MAX_TOKEN_LENGTH) {
      throw new IllegalArgumentException(
          "token must have 1..%d characters, had %d".formatted(MAX_TOKEN_LENGTH, token.length()));
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
