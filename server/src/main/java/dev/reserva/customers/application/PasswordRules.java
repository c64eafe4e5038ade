package dev.reserva.customers.application;

import dev.reserva.customers.domain.Password;

/** The rules for new passwords. Existing passwords stay valid when a rule is added. */
public final class PasswordRules {

  private final CommonPasswords common;

  public PasswordRules(CommonPasswords common) {
    this.common = common;
  }

  /**
   * Parses a new password.
   *
   * @throws IllegalArgumentException if it is too short, too long or a common one
   */
  public Password parse(String typed) {
    Password password = new Password(typed);
    if (common.contains(password)) {
      throw new IllegalArgumentException(
          "password must not be one of the most common passwords; choose another, such as a few"
              + " words that do not belong together");
    }
    return password;
  }
}
