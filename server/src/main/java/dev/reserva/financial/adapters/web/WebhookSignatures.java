package dev.reserva.financial.adapters.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies that a webhook is the provider's, by the scheme of Standard Webhooks.
 *
 * <ul>
 *   <li>The header {@code webhook-signature} holds {@code v1,} and the base64 of HMAC-SHA256 over
 *       {@code webhook-id.webhook-timestamp.body}.
 *   <li>It may hold several signatures, separated by spaces, while a key is being changed.
 *   <li>The time is in seconds since 1970.
 * </ul>
 */
public final class WebhookSignatures {

  /** How far the time of a webhook may be from this machine's. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final int LEAST_SECRET_BYTES = 24;

  /** A change of keys needs two signatures. Further ones than these are ignored. */
  private static final int MAX_SIGNATURES = 5;

  private final SecretKeySpec key;
  private final Clock clock;

  /**
   * @param secret {@code whsec_} and at least 24 bytes in base64
   */
  public WebhookSignatures(String secret, Clock clock) {
    byte[] bytes = bytes(secret);
    if (bytes.length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "reserva.financial.webhook-secret must be %s and at least %d bytes in base64"
              .formatted(PREFIX, LEAST_SECRET_BYTES));
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
    this.clock = clock;
  }

  /** Empty if it is not what it should be. */
  private static byte[] bytes(String secret) {
    try {
      return secret.startsWith(PREFIX)
          ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
          : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** A new random secret. */
  public static String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** Whether the provider has signed exactly this body and time, within {@link #TOLERANCE}. */
  boolean isGenuine(String id, String timestamp, String signatures, byte[] body) {
    if (!isRecent(timestamp)) {
      return false;
    }
    byte[] expected = sign(id, timestamp, body).getBytes(StandardCharsets.US_ASCII);
    boolean genuine = false;
    for (String signature : signatures.split(" ", MAX_SIGNATURES)) {
      genuine |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.ISO_8859_1));
    }
    return genuine;
  }

  /** The signature with its version. */
  String sign(String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private boolean isRecent(String timestamp) {
    if (!timestamp.matches("[0-9]{1,11}")) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(signed, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }
}
