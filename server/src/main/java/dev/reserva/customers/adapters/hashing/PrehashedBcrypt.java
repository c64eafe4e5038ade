package dev.reserva.customers.adapters.hashing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Bcrypt of 2^10 rounds over an HMAC of the password.
 *
 * <ul>
 *   <li>Bcrypt reads 72 bytes and ignores the rest. The HMAC (SHA-384, 64 characters of Base64)
 *       lets every character of a long password count.
 *   <li>The HMAC's key is no secret. It keeps lists of plain SHA hashes from other systems useless
 *       against these hashes.
 *   <li>What is typed is brought into Unicode normal form C first.
 * </ul>
 */
final class PrehashedBcrypt implements PasswordEncoder {

  private static final int STRENGTH = 10;
  private static final String HMAC = "HmacSHA384";
  private static final byte[] HMAC_KEY = "reserva password 1".getBytes(StandardCharsets.US_ASCII);

  private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(STRENGTH);

  @Override
  public @Nullable String encode(@Nullable CharSequence password) {
    return password == null ? null : bcrypt.encode(digest(password));
  }

  @Override
  public boolean matches(@Nullable CharSequence typed, @Nullable String hash) {
    return typed != null && bcrypt.matches(digest(typed), hash);
  }

  @Override
  public boolean upgradeEncoding(@Nullable String hash) {
    return bcrypt.upgradeEncoding(hash);
  }

  private static String digest(CharSequence password) {
    String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(HMAC_KEY, HMAC));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(normal.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
