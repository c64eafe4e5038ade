package dev.reserva.customers.domain;

import java.util.Locale;

/** What a user types besides the password: a code of the authenticator, or a recovery code. */
public sealed interface SecondProof permits OneTimeCode, RecoveryCode {

  /**
   * What somebody typed, in any case, with or without spaces and dashes.
   *
   * @throws IllegalArgumentException if it has the form of neither
   */
  static SecondProof typed(String text) {
    String bare = text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    if (bare.length() == OneTimeCode.DIGITS && bare.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return new OneTimeCode(bare);
    }
    if (RecoveryCode.isOne(bare)) {
      return new RecoveryCode(bare);
    }
    throw new IllegalArgumentException(
        "must be the %d digits of the authenticator, such as 492039, or a recovery code"
            .formatted(OneTimeCode.DIGITS));
  }
}
