package dev.reserva.customers.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client exchanges for a new access token, once.
 *
 * @param session that it continues
 * @param secret 256 random bits in Base64url
 */
public record RefreshToken(UUID session, String secret) {

  private static final int SECRET_BYTES = 32;
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern FORM =
      Pattern.compile("rsr_([0-9a-f]{16})([0-9a-f]{16})_([A-Za-z0-9_-]{43})");

  public RefreshToken {
    if (!SECRET.matcher(secret).matches()) {
      throw new IllegalArgumentException("secret must have 43 characters of Base64url");
    }
  }

  /**
   * @param random suited for secrets
   */
  public static RefreshToken random(UUID session, RandomGenerator random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return new RefreshToken(session, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static RefreshToken parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "refreshToken must be one that POST /api/auth/token or POST /api/auth/refresh answered");
    }
    return new RefreshToken(
        new UUID(
            HexFormat.fromHexDigitsToLong(parts.group(1)),
            HexFormat.fromHexDigitsToLong(parts.group(2))),
        parts.group(3));
  }

  /** The form on the wire. Its prefix lets scanners find a token that was leaked. */
  public String text() {
    HexFormat hex = HexFormat.of();
    return "rsr_%s%s_%s"
        .formatted(
            hex.toHexDigits(session.getMostSignificantBits()),
            hex.toHexDigits(session.getLeastSignificantBits()),
            secret);
  }

  /** SHA-256 of the secret, in hexadecimal. It needs no salt, since the secret is random. */
  public String hash() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform supports SHA-256", e);
    }
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "RefreshToken[%s]".formatted(session);
  }
}
