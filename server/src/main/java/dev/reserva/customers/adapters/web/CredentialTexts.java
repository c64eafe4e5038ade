package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.domain.Password;
import dev.reserva.customers.domain.SecondProof;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;

/** The form of what people type to show who they are. */
final class CredentialTexts {

  static final int MAX_LENGTH = 1_000;

  private static final int MAX_PROOF_LENGTH = 64;

  private CredentialTexts() {}

  /**
   * A name or a password: any text of a reasonable length. Whether it is one is told by the log-in.
   */
  static String bounded(String text) {
    return bounded(text, MAX_LENGTH);
  }

  static SecondProof proof(String text) {
    return SecondProof.typed(bounded(text, MAX_PROOF_LENGTH));
  }

  /**
   * Applies the rule that needs the name of the login. That name is not known before it is proven
   * whose password this is.
   *
   * @param pointer where the password is
   * @throws Problem 400 if the password is little more than the name
   */
  static void requireApart(Password chosen, String login, PasswordRules rules, String pointer) {
    var errors = new InputErrors();
    errors.check(pointer, () -> rules.parse(chosen.value(), login));
    errors.throwIfAny();
  }

  private static String bounded(String text, int most) {
    if (text.isEmpty() || text.length() > most) {
      throw new IllegalArgumentException(
          "must have 1..%d characters, had %d".formatted(most, text.length()));
    }
    return text;
  }
}
