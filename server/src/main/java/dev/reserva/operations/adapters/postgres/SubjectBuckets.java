package dev.reserva.operations.adapters.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The buckets by which records are found that have a subject. The same as the function {@code
 * operations.subject_buckets} of the database, which is called for each row and takes several times
 * as long.
 */
final class SubjectBuckets {

  private SubjectBuckets() {}

  /** The bucket of each, separated by commas. */
  static String of(List<String> subjects) {
    MessageDigest sha256 = sha256();
    return subjects.stream()
        .map(subject -> Integer.toString(bucket(subject, sha256)))
        .collect(Collectors.joining(","));
  }

  /** 0..16,383. */
  static int of(String subject) {
    return bucket(subject, sha256());
  }

  private static int bucket(String subject, MessageDigest sha256) {
    byte[] digest = sha256.digest(subject.getBytes(StandardCharsets.UTF_8));
    return (digest[0] & 0xFF) << 6 | (digest[1] & 0xFF) >> 2;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform supports SHA-256", e);
    }
  }
}
