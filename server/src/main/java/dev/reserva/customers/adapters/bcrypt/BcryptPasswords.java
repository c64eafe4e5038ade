package dev.reserva.customers.adapters.bcrypt;

import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.domain.Password;
import dev.reserva.messaging.Overloaded;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Bcrypt of 2^10 rounds over an HMAC of the password, some 70 ms of a core.
 *
 * <ul>
 *   <li>Bcrypt reads 72 bytes and ignores the rest. The HMAC (SHA-384, 64 characters of Base64)
 *       lets every character of a long password count.
 *   <li>The HMAC's key is no secret. It keeps lists of plain SHA hashes from other systems useless
 *       against these hashes.
 *   <li>A hash of this form begins with {@value #PREFIX}. One without the prefix is bcrypt over the
 *       password itself, as earlier versions wrote it, and is still accepted.
 *   <li>No more run at once than there are cores but one, so that logins do not starve orders.
 * </ul>
 */
public final class BcryptPasswords implements Passwords {

  private static final int STRENGTH = 10;
  private static final int BCRYPT_BYTES = 72;
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);
  private static final String PREFIX = "{hmac-sha384+bcrypt}";
  private static final String HMAC = "HmacSHA384";
  private static final byte[] HMAC_KEY = "reserva password 1".getBytes(StandardCharsets.US_ASCII);

  private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(STRENGTH);
  private final Semaphore cores =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  private final String nobodys = PREFIX + bcrypt.encode("nobody's password");

  @Override
  public String hash(Password password) {
    String digest = digest(password.value());
    return PREFIX + limited(() -> bcrypt.encode(digest));
  }

  @Override
  public boolean fits(String typed, @Nullable String hash) {
    String known = hash == null ? nobodys : hash;
    boolean matches =
        known.startsWith(PREFIX)
            ? matches(
                digest(Normalizer.normalize(typed, Normalizer.Form.NFC)),
                known.substring(PREFIX.length()))
            : matches(typed, known);
    return matches && hash != null;
  }

  /** Takes as long for a text that bcrypt cannot read whole, which never matches. */
  private boolean matches(String text, String hash) {
    boolean readable = text.getBytes(StandardCharsets.UTF_8).length <= BCRYPT_BYTES;
    return limited(() -> bcrypt.matches(readable ? text : "", hash)) && readable;
  }

  private static String digest(String password) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(HMAC_KEY, HMAC));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  private <T> T limited(Supplier<T> work) {
    try {
      if (!cores.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Overloaded("too many passwords are being checked", Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Overloaded("interrupted while waiting to check a password", Duration.ofSeconds(1));
    }
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }
}
