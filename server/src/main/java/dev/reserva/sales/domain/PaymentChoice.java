package dev.reserva.sales.domain;

import org.jspecify.annotations.Nullable;

/**
 * How the buyer wishes to pay.
 *
 * @param token the provider's token for the buyer's means of payment, 1..{@value #MAX_TOKEN_LENGTH}
 *     characters
 */
public record PaymentChoice(PaymentMethod method, @Nullable String token) {

  public static final int MAX_TOKEN_LENGTH = 255;

  public PaymentChoice {
    if (token != null) {
      token = Text.line("token", token, MAX_TOKEN_LENGTH);
    }
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "PaymentChoice[method=%s]".formatted(method);
  }
}
