package dev.reserva.harness.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Passwords of brokers. */
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 4;

  private Secrets() {}

  /** 128 random bits as 32 hexadecimal digits. */
  static String random() {
    return HexFormat.of().formatHex(bytes(16));
  }

  /** The salted hash that RabbitMQ's definitions call {@code rabbit_password_hashing_sha256}. */
  static String hash(String password) {
    byte[] salt = bytes(SALT_BYTES);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      byte[] hash = digest.digest(password.getBytes(StandardCharsets.UTF_8));
      byte[] salted = Arrays.copyOf(salt, SALT_BYTES + hash.length);
      System.arraycopy(hash, 0, salted, SALT_BYTES, hash.length);
      return Base64.getEncoder().encodeToString(salted);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] bytes(int count) {
    byte[] random = new byte[count];
    RANDOM.nextBytes(random);
    return random;
  }
}
