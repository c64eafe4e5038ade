package dev.reserva.platform.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts small secrets that are stored: AES-256-GCM under a key that HKDF-SHA256 derives from the
 * secret of this installation.
 *
 * <ul>
 *   <li>Each purpose has its own key, so that what was sealed for one cannot be opened for another.
 *   <li>A sealed text is bound to what it is about, such as the id of its row: moved to another
 *       row, it cannot be opened.
 *   <li>The nonce is random, so one key seals 2^32 texts at most, and nothing here comes near.
 * </ul>
 */
public final class Sealing {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param secret of this installation, at least 32 bytes
   * @param purpose never changes: what was sealed before could not be opened
   */
  public Sealing(String secret, String purpose) {
    try {
      this.key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                      .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 25 has HKDF-SHA256", e);
    }
  }

  /**
   * @param about what it belongs to; needed to open it
   * @return Base64
   */
  public String seal(String clear, String about) {
    return Base64.getEncoder().encodeToString(seal(clear.getBytes(StandardCharsets.UTF_8), about));
  }

  /**
   * The clear text; empty if it was sealed under another secret, purpose or about another thing.
   */
  public Optional<String> open(String sealed, String about) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return open(bytes, about).map(clear -> new String(clear, StandardCharsets.UTF_8));
  }

  /** As {@link #seal(String, String)}, for bytes. */
  byte[] seal(byte[] clear, String about) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(clear);
      return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  /** As {@link #open(String, String)}, for bytes. */
  Optional<byte[]> open(byte[] sealed, String about) {
    if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer parts = ByteBuffer.wrap(sealed).get(nonce);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, nonce, about)
              .doFinal(sealed, parts.position(), parts.remaining()));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
