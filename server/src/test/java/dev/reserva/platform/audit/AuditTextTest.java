package dev.reserva.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditTextTest {

  @Test
  void an_ordinary_text_stays_as_it_is() {
    assertThat(AuditText.clean("Mouse “Ágil” 🐭")).isEqualTo("Mouse “Ágil” 🐭");
  }

  @Test
  void control_characters_become_spaces() {
    assertThat(AuditText.clean("a\u0000b\nc\u001b[31m\u0085")).isEqualTo("a b c [31m ");
  }

  @Test
  void half_a_surrogate_pair_is_replaced() {
    assertThat(AuditText.clean("a\ud83db\udc2d")).isEqualTo("a\ufffdb\ufffd");
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    assertThat(AuditText.clean("x".repeat(AuditText.MAX_LENGTH)))
        .isEqualTo("x".repeat(AuditText.MAX_LENGTH));
    assertThat(AuditText.clean("x".repeat(AuditText.MAX_LENGTH + 1)))
        .isEqualTo("x".repeat(AuditText.MAX_LENGTH - 1) + "…");
    assertThat(AuditText.clean("🐭".repeat(AuditText.MAX_LENGTH)))
        .isEqualTo("🐭".repeat(AuditText.MAX_LENGTH / 2 - 1) + "…");
  }
}
