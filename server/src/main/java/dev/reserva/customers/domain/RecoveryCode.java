package dev.reserva.customers.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Proves the second factor once, without the authenticator.
 *
 * @param value {@value #LENGTH} letters of Base32 in lower case: 125 random bits, which nobody
 *     guesses, so that a plain hash protects it (NIST SP 800-63B asks for 112)
 */
public record RecoveryCode(String value) implements SecondProof {

  /** How many a user gets. */
  public static final int COUNT = 10;

  static final int LENGTH = 25;

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int GROUP = 5;

  public RecoveryCode {
    if (!isOne(value)) {
      throw new IllegalArgumentException(
          "a recovery code must have %d of a-z and 2-7, had %d".formatted(LENGTH, value.length()));
    }
  }

  static boolean isOne(String text) {
    return text.length() == LENGTH && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }

  /**
   * @param random of the kind that keys are made with
   */
  public static RecoveryCode random(RandomGenerator random) {
    StringBuilder value = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new RecoveryCode(value.toString());
  }

  /**
   * All that a user gets at a time.
   *
   * @param random of the kind that keys are made with
   */
  public static List<RecoveryCode> set(RandomGenerator random) {
    return Stream.generate(() -> random(random)).limit(COUNT).toList();
  }

  /** As it is shown: {@code abcde-fghij-klmno-pqrst-uvwxy}. */
  public String shown() {
    return value.replaceAll("(.{%d})(?=.)".formatted(GROUP), "$1-");
  }

  /** What is stored: SHA-256 over account and code, in hexadecimal. */
  public String digest(UUID account) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(account.toString().getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "RecoveryCode[…]";
  }
}
