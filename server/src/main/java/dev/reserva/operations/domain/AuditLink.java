package dev.reserva.operations.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * A place in the chain of audit records. Its hash is SHA-256 over the hash before it and the
 * record, so that no record can be changed, removed or put in between without all later hashes
 * changing.
 *
 * @param sequence 1 for the first record, without gaps; 0 for the beginning
 * @param hash 64 hexadecimal digits
 */
public record AuditLink(long sequence, String hash) {

  private static final HexFormat HEX = HexFormat.of();

  /** Before the first record. */
  public static final AuditLink BEGINNING = new AuditLink(0, "0".repeat(64));

  /** The place of the record that follows. */
  public AuditLink next(AuditRecord record) {
    long next = sequence + 1;
    MessageDigest digest = sha256();
    digest.update(HEX.parseHex(hash));
    add(digest, Long.toString(next));
    add(digest, record.eventId().toString());
    add(digest, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, record.recordedAt())));
    add(digest, record.actor());
    add(digest, record.action());
    add(digest, String.join("\n", record.subjects()));
    add(digest, record.data());
    return new AuditLink(next, HEX.formatHex(digest.digest()));
  }

  /** Length and bytes, so that nothing can move from one field to the next. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform supports SHA-256", e);
    }
  }
}
