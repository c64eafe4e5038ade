package dev.reserva.customers;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import dev.reserva.customers.domain.SecondFactor;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** An authenticator app with one secret. */
public final class AuthenticatorApp {

  private final SecretKeySpec key;
  private final HmacOneTimePasswordGenerator generator = new HmacOneTimePasswordGenerator();
  private final long first = SecondFactor.step(Instant.now());

  /**
   * @param secret Base32
   */
  public AuthenticatorApp(String secret) {
    this.key = new SecretKeySpec(new Base32().decode(secret), "HmacSHA1");
  }

  /** The code of the time step in which the secret was typed in. */
  public String code() {
    return at(first);
  }

  /** The one after it, which a server accepts a moment early. */
  public String nextCode() {
    return at(first + 1);
  }

  /** One that the app does not show in these minutes. */
  public String wrongCode() {
    Set<String> shown =
        LongStream.rangeClosed(first - 5, first + 20)
            .mapToObj(this::at)
            .collect(Collectors.toSet());
    return LongStream.range(0, 100)
        .mapToObj("%06d"::formatted)
        .filter(code -> !shown.contains(code))
        .findFirst()
        .orElseThrow();
  }

  private String at(long step) {
    try {
      return generator.generateOneTimePasswordString(key, step, Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
