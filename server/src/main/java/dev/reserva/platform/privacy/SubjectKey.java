package dev.reserva.platform.privacy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * The key of one person. What is sealed with it can be read by nobody any more once the key is
 * destroyed, wherever copies of it are.
 *
 * <p>A sealed text is {@code sealed-personal:<base64url>}. It opens only as the same member of the
 * same person.
 */
public final class SubjectKey {

  static final String PREFIX = "sealed-personal:";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final UUID subject;
  private final SecretKey key;

  SubjectKey(UUID subject, SecretKey key) {
    this.subject = subject;
    this.key = key;
  }

  /** Whether a text was sealed by such a key. */
  public static boolean isSealed(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * @param member what the text is, such as {@code name}
   */
  public String seal(String member, String text) {
    byte[] nonce = new byte[Aes.NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] sealed = Aes.seal(key, nonce, about(member), text.getBytes(StandardCharsets.UTF_8));
    return PREFIX + ENCODER.encodeToString(sealed);
  }

  /** The text; a text that is not sealed as it is; empty if this key did not seal it. */
  public Optional<String> open(String member, String text) {
    if (!isSealed(text)) {
      return Optional.of(text);
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Aes.open(key, about(member), sealed)
        .map(opened -> new String(opened, StandardCharsets.UTF_8));
  }

  private byte[] about(String member) {
    return (subject + " " + member).getBytes(StandardCharsets.UTF_8);
  }
}
