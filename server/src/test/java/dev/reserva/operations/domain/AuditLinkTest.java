package dev.reserva.operations.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditLinkTest {

  private static final UUID EVENT = UUID.fromString("01977c1e-5a00-7000-8000-000000000001");
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final AuditRecord RECORD =
      new AuditRecord(EVENT, AT, "ops", "user.hire", List.of("ana", "zoë"), "{}");

  /** Stored chains stay valid only as long as this holds. */
  @Test
  void the_hash_covers_the_hash_before_and_each_field_with_its_length() throws Exception {
    String covered =
        "1:1"
            + "36:01977c1e-5a00-7000-8000-000000000001"
            + "16:1772366400123456"
            + "3:ops"
            + "9:user.hire"
            + "8:ana\nzoë"
            + "2:{}";
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(new byte[32]);

    assertThat(AuditLink.BEGINNING.next(RECORD))
        .isEqualTo(
            new AuditLink(
                1,
                HexFormat.of().formatHex(digest.digest(covered.getBytes(StandardCharsets.UTF_8)))));
  }

  static Stream<AuditRecord> others() {
    return Stream.of(
        new AuditRecord(new UUID(1, 2), AT, "ops", "user.hire", List.of("ana", "zoë"), "{}"),
        new AuditRecord(
            EVENT, AT.plusNanos(1_000), "ops", "user.hire", List.of("ana", "zoë"), "{}"),
        new AuditRecord(EVENT, AT, "boss", "user.hire", List.of("ana", "zoë"), "{}"),
        new AuditRecord(EVENT, AT, "ops", "user.dismiss", List.of("ana", "zoë"), "{}"),
        new AuditRecord(EVENT, AT, "opsu", "ser.hire", List.of("ana", "zoë"), "{}"),
        new AuditRecord(EVENT, AT, "ops", "user.hire", List.of("zoë", "ana"), "{}"),
        new AuditRecord(EVENT, AT, "ops", "user.hire", List.of("ana"), "{}"),
        new AuditRecord(EVENT, AT, "ops", "user.hire", List.of("ana", "zoë"), "{ }"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void another_record_has_another_hash(AuditRecord other) {
    assertThat(AuditLink.BEGINNING.next(other)).isNotEqualTo(AuditLink.BEGINNING.next(RECORD));
  }

  @Test
  void the_same_record_at_another_place_has_another_hash() {
    AuditLink first = AuditLink.BEGINNING.next(RECORD);

    assertThat(first.next(RECORD).sequence()).isEqualTo(2);
    assertThat(first.next(RECORD).hash()).isNotEqualTo(first.hash());
    assertThat(new AuditLink(5, first.hash()).next(RECORD).hash())
        .isNotEqualTo(first.next(RECORD).hash());
  }
}
