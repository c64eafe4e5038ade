package dev.reserva.sales.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/**
 * The method of payment that the buyer has chosen.
 *
 * @param token the provider's token for the buyer's means of payment, 1..{@value #MAX_TOKEN_LENGTH}
 *     characters on one line
 */
public record PaymentChoice(PaymentMethod method, @Nullable String token) {

  public static final int MAX_TOKEN_LENGTH = 255;

  public PaymentChoice {
    if (token != null) {
      token = checkedToken(token);
    }
  }

  /**
   * Checks a token. The token belongs to the provider, so it is refused and not normalised.
   *
   * @throws IllegalArgumentException if it is not such a text
   */
  public static String checkedToken(String token) {
    if (!Text.line("token", token, 1, MAX_TOKEN_LENGTH).equals(token)) {
      throw new IllegalArgumentException(
          "token must be as the provider gave it, without white space around it");
    }
    return token;
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "PaymentChoice[method=%s]".formatted(method);
  }
}
