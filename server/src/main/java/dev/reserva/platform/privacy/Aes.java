package dev.reserva.platform.privacy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256 in Galois/Counter mode. A sealed value is nonce, cipher text and tag. */
final class Aes {

  static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private static final String MODE = "AES/GCM/NoPadding";

  /** Found once: to search the providers takes three times as long as to seal a token. */
  private static final Provider PROVIDER = provider();

  /**
   * A cipher that seals is not reused: it refuses a nonce twice, and equal tokens have equal ones.
   */
  private static final Reused<Cipher> OPENING = new Reused<>(Aes::cipher);

  private Aes() {}

  /**
   * @param nonce never used with this key for another text
   * @param about what the text belongs to; it opens only together with the same
   */
  static byte[] seal(SecretKey key, byte[] nonce, byte[] about, byte[] text) {
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(about);
      ByteBuffer sealed =
          ByteBuffer.allocate(NONCE_BYTES + text.length + TAG_BITS / Byte.SIZE).put(nonce);
      cipher.doFinal(ByteBuffer.wrap(text), sealed);
      return sealed.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java platform", e);
    }
  }

  /** The text; empty if it was not sealed with this key for this purpose, or was changed. */
  static Optional<byte[]> open(SecretKey key, byte[] about, byte[] sealed) {
    if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    try {
      return OPENING.use(cipher -> {
        cipher.init(
            Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
        cipher.updateAAD(about);
        return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
      });
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java platform", e);
    }
  }

  private static Cipher cipher() throws GeneralSecurityException {
    return Cipher.getInstance(MODE, PROVIDER);
  }

  private static Provider provider() {
    try {
      return Cipher.getInstance(MODE).getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java platform", e);
    }
  }
}
