package dev.reserva.customers.application;

import dev.reserva.customers.domain.ContextWords;
import dev.reserva.customers.domain.Password;
import org.jspecify.annotations.Nullable;

/** The rules for new passwords. Existing passwords stay valid when a rule is added. */
public final class PasswordRules {

  private final CommonPasswords common;
  private final ContextWords shop;

  /**
   * @param shop the names of the shop
   */
  public PasswordRules(CommonPasswords common, ContextWords shop) {
    this.common = common;
    this.shop = shop;
  }

  /** As {@link #parse(String, String)} for a login that is not known yet. */
  public Password parse(String typed) {
    return parse(typed, null);
  }

  /**
   * Parses a new password.
   *
   * @param login the name of the login that gets it: a user name or an e-mail address; absent if it
   *     is not known, or ill-formed
   * @throws IllegalArgumentException if it is too short, too long, a common one, or little more
   *     than the name of the login or of the shop
   */
  public Password parse(String typed, @Nullable String login) {
    Password password = new Password(typed);
    if (common.contains(password)) {
      throw new IllegalArgumentException(
          "password must not be one of the most common passwords; choose another, such as a few"
              + " words that do not belong together");
    }
    ContextWords words = login == null ? shop : shop.and(ContextWords.ofLogin(login));
    if (words.areBasisOf(password)) {
      throw new IllegalArgumentException(
          "password must have at least %d characters besides the names of the user and of the shop"
              .formatted(Password.MIN_LENGTH));
    }
    return password;
  }
}
