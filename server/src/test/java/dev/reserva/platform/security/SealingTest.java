package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealingTest {

  private static final String SECRET = "a secret of thirty-two bytes or more";

  private final Sealing sealing = new Sealing(SECRET, "purpose");

  @Test
  void what_was_sealed_opens_with_the_same_secret_purpose_and_subject() {
    String sealed = sealing.seal("hush", "row 1");
    assertThat(sealed).doesNotContain("hush").isNotEqualTo(sealing.seal("hush", "row 1"));
    assertThat(new Sealing(SECRET, "purpose").open(sealed, "row 1")).contains("hush");
  }

  @Test
  void another_secret_purpose_or_subject_opens_nothing() {
    String sealed = sealing.seal("hush", "row 1");
    assertThat(sealing.open(sealed, "row 2")).isEmpty();
    assertThat(new Sealing(SECRET, "other purpose").open(sealed, "row 1")).isEmpty();
    assertThat(new Sealing(SECRET + "!", "purpose").open(sealed, "row 1")).isEmpty();
  }

  @Test
  void a_changed_text_opens_nothing() {
    byte[] changed = Base64.getDecoder().decode(sealing.seal("hush", "row 1"));
    changed[changed.length - 1] ^= 1;
    for (String text :
        List.of("", "x", "AAAA", "no base64!", Base64.getEncoder().encodeToString(changed))) {
      assertThat(sealing.open(text, "row 1")).as(text).isEmpty();
    }
  }
}
