package dev.reserva.platform.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret that private keys are encrypted under: AES-256-GCM with a key derived from it by HKDF.
 *
 * <p>It has a name, by which processes find the keys that they can decrypt. The name does not
 * reveal the secret.
 */
final class TokenSecret {

  private static final int MIN_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int NAME_BYTES = 8;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;
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
    try {
      KDF kdf = KDF.getInstance("HKDF-SHA256");
      key = kdf.deriveKey("AES", parameters(bytes, "reserva signing keys 1", 32));
      name =
          HexFormat.of()
              .formatHex(
                  kdf.deriveData(parameters(bytes, "reserva token secret's name", NAME_BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }

  private static HKDFParameterSpec parameters(byte[] secret, String purpose, int bytes) {
    return HKDFParameterSpec.ofExtract()
        .addIKM(secret)
        .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), bytes);
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
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, owner);
      byte[] sealed = cipher.doFinal(text);
      return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a text cannot be encrypted", e);
    }
  }

  /**
   * @throws IllegalStateException if it was not sealed under this secret for this owner
   */
  byte[] open(byte[] sealed, String owner) {
    try {
      ByteBuffer parts = ByteBuffer.wrap(sealed);
      byte[] nonce = new byte[NONCE_BYTES];
      parts.get(nonce);
      byte[] rest = new byte[parts.remaining()];
      parts.get(rest);
      return cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(rest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the private key %s does not fit the token secret".formatted(owner), e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
