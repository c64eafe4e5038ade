package dev.reserva.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret that private keys are encrypted under, by {@link Sealing}.
 *
 * <p>It has a name, by which processes find the keys that they can decrypt. The name does not
 * reveal the secret.
 */
final class TokenSecret {

  private static final int MIN_BYTES = 32;
  private static final int NAME_BYTES = 8;

  private final Sealing sealing;
  private final String name;

  /**
   * @param secret at least 32 bytes
   */
  TokenSecret(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "reserva.security.token-secret must have at least %d bytes, had %d"
              .formatted(MIN_BYTES, bytes.length));
    }
    sealing = new Sealing(secret, "reserva signing keys 1");
    try {
      name =
          HexFormat.of()
              .formatHex(
                  KDF.getInstance("HKDF-SHA256")
                      .deriveData(
                          HKDFParameterSpec.ofExtract()
                              .addIKM(bytes)
                              .thenExpand(
                                  "reserva token secret's name".getBytes(StandardCharsets.US_ASCII),
                                  NAME_BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }

  String name() {
    return name;
  }

  /**
   * Encrypts a text.
   *
   * @param owner what it belongs to; it can be decrypted for this owner only
   */
  byte[] seal(byte[] text, String owner) {
    return sealing.seal(text, owner);
  }

  /**
   * @throws IllegalStateException if it was not sealed under this secret for this owner
   */
  byte[] open(byte[] sealed, String owner) {
    return sealing
        .open(sealed, owner)
        .orElseThrow(() ->
            new IllegalStateException(
                "the private key %s does not fit the token secret".formatted(owner)));
  }
}
