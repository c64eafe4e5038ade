package dev.reserva.sales.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/**
 * The method of payment that the buyer has chosen.
 *
 * @param token reference of the provider's token for the buyer's means of payment: sealed, since
 *     only financial needs the token; the token itself in an order of a version that did not seal;
 *     1..{@value #MAX_REFERENCE_LENGTH} characters on one line
 */
public record PaymentChoice(PaymentMethod method, @Nullable String token) {

  public static final int MAX_TOKEN_LENGTH = 255;

  /** A token of 255 characters of 4 bytes each, sealed and encoded. */
  static final int MAX_REFERENCE_LENGTH = 1_500;

  public PaymentChoice {
    if (token != null) {
      token = checked(token, MAX_REFERENCE_LENGTH);
    }
  }

  /**
   * Checks a token that a caller gives: 1..{@value #MAX_TOKEN_LENGTH} characters. The token belongs
   * to the provider, so it is refused and not normalised.
   *
   * @throws IllegalArgumentException if it is not such a text
   */
  public static String checkedToken(String token) {
    return checked(token, MAX_TOKEN_LENGTH);
  }

  private static String checked(String token, int max) {
    if (!Text.line("token", token, 1, max).equals(token)) {
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
