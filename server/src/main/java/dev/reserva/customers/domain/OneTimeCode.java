package dev.reserva.customers.domain;

/**
 * A code that an authenticator app shows for one time step.
 *
 * @param value {@value #DIGITS} digits
 */
public record OneTimeCode(String value) implements SecondProof {

  public static final int DIGITS = 6;

  public OneTimeCode {
    if (value.length() != DIGITS || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          "a one-time code must have %d digits, such as 492039".formatted(DIGITS));
    }
  }

  @Override
  public String toString() {
    return "OneTimeCode[…]";
  }
}
