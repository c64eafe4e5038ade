package dev.reserva.webhooks.adapters.sealing;

import dev.reserva.platform.security.Sealing;
import dev.reserva.webhooks.application.Signatures;
import dev.reserva.webhooks.domain.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs by the specification of Standard Webhooks: {@code v1,} and the HMAC-SHA256 of id, timestamp
 * and body, joined by dots. A secret is {@code whsec_} and 32 random bytes in Base64; it is stored
 * sealed.
 */
public final class SealedSecrets implements Signatures {

  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;

  private final Sealing sealing;
  private final SecureRandom random = new SecureRandom();

  public SealedSecrets(Sealing sealing) {
    this.sealing = sealing;
  }

  @Override
  public String fresh() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String seal(String secret, UUID endpoint) {
    return sealing.seal(secret, endpoint.toString());
  }

  @Override
  public String sign(Endpoint endpoint, UUID message, Instant at, String body) {
    String content = message + "." + at.getEpochSecond() + "." + body;
    String signatures = signature(opened(endpoint.secrets().present(), endpoint.id()), content);
    String former = endpoint.secrets().former(at);
    return former == null
        ? signatures
        : signatures + " " + signature(opened(former, endpoint.id()), content);
  }

  private String opened(String sealed, UUID endpoint) {
    return sealing
        .open(sealed, endpoint.toString())
        .orElseThrow(() ->
            new IllegalStateException(
                "the secret was sealed with another reserva.security.token-secret; rotate it"));
  }

  private static String signature(String secret, String content) {
    byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] code = mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
