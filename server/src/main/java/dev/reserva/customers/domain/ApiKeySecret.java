package dev.reserva.customers.domain;

import java.util.random.RandomGenerator;

/**
 * The text of an API key: {@code rsv_<prefix>_<secret>}. Its form lets scanners find keys that were
 * published by mistake.
 *
 * @param prefix 8 letters of Base32, shown in lists
 * @param secret 52 letters of Base32: 260 random bits
 */
public record ApiKeySecret(String prefix, String secret) {

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int PREFIX_LENGTH = 8;
  private static final int SECRET_LENGTH = 52;

  /**
   * @param random of the kind that keys are made with
   */
  public static ApiKeySecret random(RandomGenerator random) {
    return new ApiKeySecret(letters(random, PREFIX_LENGTH), letters(random, SECRET_LENGTH));
  }

  /** What the program sends. */
  public String text() {
    return "rsv_%s_%s".formatted(prefix, secret);
  }

  private static String letters(RandomGenerator random, int count) {
    StringBuilder letters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }

  @Override
  public String toString() {
    return "ApiKeySecret[prefix=%s]".formatted(prefix);
  }
}
