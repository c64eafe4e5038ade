package dev.reserva.platform.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Seals the tokens of payment providers where a request brings them, and opens them where the
 * provider is asked. What lies between, tables and events and answers, has the reference alone.
 *
 * <ul>
 *   <li>A reference is {@code sealed-token:<id of the secret>:<base64url>}.
 *   <li>Equal tokens have equal references, so that references can be compared. The nonce follows
 *       from the token, so no nonce is used for two tokens.
 *   <li>A text that is no reference is a token of a version that did not seal.
 * </ul>
 */
public final class PaymentTokens {

  /** Longest reference of a token of 255 characters, of 4 bytes each. */
  public static final int MAX_REFERENCE_LENGTH = 1_500;

  static final String PREFIX = "sealed-token:";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final MasterKeys keys;
  private final Reused<Mac> nonces;

  public PaymentTokens(MasterKeys keys) {
    this.keys = keys;
    this.nonces =
        new Reused<>(() -> {
          Mac mac = Mac.getInstance("HmacSHA256");
          mac.init(keys.present().tokenNonces());
          return mac;
        });
  }

  /** A reference seals like any other text, so nobody can pay with a reference that he has read. */
  public @Nullable String seal(@Nullable String token) {
    if (token == null) {
      return null;
    }
    MasterKeys.Master key = keys.present();
    byte[] text = token.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Aes.seal(key.tokens(), nonce(text), about(key.id()), text);
    return PREFIX + key.id() + ":" + ENCODER.encodeToString(sealed);
  }

  /**
   * The token of a reference.
   *
   * @throws IllegalArgumentException if it was sealed with a secret that this process does not have
   */
  public @Nullable String open(@Nullable String reference) {
    if (reference == null || !reference.startsWith(PREFIX)) {
      return reference;
    }
    int colon = reference.indexOf(':', PREFIX.length());
    String id = reference.substring(PREFIX.length(), Math.max(PREFIX.length(), colon));
    return keys.find(id)
        .flatMap(key -> opened(key, reference.substring(colon + 1)))
        .orElseThrow(() ->
            new IllegalArgumentException(
                ("the payment token was sealed with secret \"%s\";"
                        + " reserva.privacy.secret and former-secrets give %s")
                    .formatted(id, keys.ids())));
  }

  private static Optional<String> opened(MasterKeys.Master key, String encoded) {
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Aes.open(key.tokens(), about(key.id()), sealed)
        .map(text -> new String(text, StandardCharsets.UTF_8));
  }

  private byte[] nonce(byte[] text) {
    try {
      byte[] code = nonces.use(mac -> mac.doFinal(text));
      return Arrays.copyOf(code, Aes.NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC is part of every Java platform", e);
    }
  }

  private static byte[] about(String id) {
    return (PREFIX + id).getBytes(StandardCharsets.UTF_8);
  }
}
