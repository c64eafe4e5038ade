package dev.reserva.customers.application;

import dev.reserva.customers.domain.SecondFactor;
import java.util.Optional;
import java.util.UUID;

/** The secrets that users share with their authenticator apps. */
public interface Authenticators {

  /**
   * A new secret.
   *
   * @param sealed encrypted, readable by this system and for this account only
   * @param shown as the user types it into the app
   * @param uri as the app reads it from a QR code
   */
  record Secret(String sealed, String shown, String uri) {

    @Override
    public String toString() {
      return "Secret[…]";
    }
  }

  /**
   * @param login shown in the app
   */
  Secret create(UUID account, String login);

  /**
   * The codes that the app shows; empty if the secret cannot be decrypted any more, as after a
   * change of the key.
   */
  Optional<SecondFactor.Codes> codes(SecondFactor factor);
}
