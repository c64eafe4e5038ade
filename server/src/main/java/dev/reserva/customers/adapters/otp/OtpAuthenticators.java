package dev.reserva.customers.adapters.otp;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import dev.reserva.customers.application.Authenticators;
import dev.reserva.customers.domain.OneTimeCode;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.platform.security.Sealing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * Codes of RFC 6238 with HMAC-SHA-1, six digits and steps of 30 s: what every authenticator app
 * reads. SHA-1 is weak against collisions; an HMAC with it is not.
 */
public final class OtpAuthenticators implements Authenticators {

  /** As long as the hash (RFC 4226, requirement 6): 32 letters of Base32, without padding. */
  private static final int SECRET_BYTES = 20;

  private static final String ISSUER = "Reserva";

  private final Sealing sealing;
  private final SecureRandom random = new SecureRandom();
  private final HmacOneTimePasswordGenerator generator =
      new HmacOneTimePasswordGenerator(OneTimeCode.DIGITS);

  public OtpAuthenticators(Sealing sealing) {
    this.sealing = sealing;
  }

  @Override
  public Secret create(UUID account, String login) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String shown = new Base32().encodeAsString(bytes);
    return new Secret(sealing.seal(shown, account.toString()), shown, uri(login, shown));
  }

  /** The form that the apps read, as Google Authenticator's wiki describes it. */
  private static String uri(String login, String secret) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(
            ISSUER,
            URLEncoder.encode(login, StandardCharsets.UTF_8),
            secret,
            ISSUER,
            OneTimeCode.DIGITS,
            SecondFactor.STEP.toSeconds());
  }

  @Override
  public Optional<SecondFactor.Codes> codes(SecondFactor factor) {
    return sealing
        .open(factor.sealedSecret(), factor.account().toString())
        .map(secret -> new SecretKeySpec(new Base32().decode(secret), "HmacSHA1"))
        .map(key -> step -> code(key, step));
  }

  private OneTimeCode code(SecretKeySpec key, long step) {
    try {
      return new OneTimeCode(generator.generateOneTimePasswordString(key, step, Locale.ROOT));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes keys of any length", e);
    }
  }
}
