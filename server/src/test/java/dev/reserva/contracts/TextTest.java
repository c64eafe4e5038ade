package dev.reserva.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

  private static final String MOUSE = "🐭";

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\t", "\n", "\r", "\u0085", "\u00a0", "\u00ad", "\u1680", "\u180e", "\u2003", "\u2007",
        "\u200b", "\u200c", "\u200d", "\u2028", "\u2029", "\u202f", "\u2060", "\u3000", "\ufeff"
      })
  void outer_white_space_of_any_kind_is_no_part_of_a_text(String blank) {
    assertThat(Text.lines("x", blank + "a b" + blank + " " + blank, 1, 9)).isEqualTo("a b");
    assertThat(Text.line("x", blank + "a b" + blank, 1, 9)).isEqualTo("a b");
    assertThat(Text.code("x", blank + "a b" + blank, 9)).isEqualTo("a b");
    assertThatThrownBy(() -> Text.line("x", blank + blank, 1, 9))
        .hasMessage("x must have 1..9 characters, had 0");
  }

  @Test
  void a_text_is_in_normal_form_c() {
    assertThat(Text.line("x", "cafe\u0301", 1, 9)).isEqualTo("caf\u00e9");
    assertThat(Text.lines("x", "cafe\u0301", 1, 9)).isEqualTo("caf\u00e9");
    assertThat(Text.code("x", "cafe\u0301", 9)).isEqualTo("caf\u00e9");
  }

  @Test
  void lengths_count_characters_after_normalisation() {
    assertThat(Text.line("x", MOUSE.repeat(3), 1, 3)).isEqualTo(MOUSE.repeat(3));
    assertThat(Text.line("x", "e\u0301".repeat(3), 1, 3)).hasSize(3);
    assertThatThrownBy(() -> Text.line("x", MOUSE.repeat(4), 1, 3))
        .hasMessage("x must have 1..3 characters, had 4");
    assertThatThrownBy(() -> Text.line("x", "a", 2, 3))
        .hasMessage("x must have 2..3 characters, had 1");
    assertThat(Text.line("x", "", 0, 3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u001bb", "a\u007fb", "a\u009bb", "a\ud800b", "a\udc00b"})
  void control_characters_and_halves_of_characters_are_refused(String text) {
    for (ThrowingText way :
        List.<ThrowingText>of(
            it -> Text.line("x", it, 1, 9),
            it -> Text.lines("x", it, 1, 9),
            it -> Text.code("x", it, 9))) {
      assertThatThrownBy(() -> way.check(text))
          .hasMessageMatching("x must have .*control.* characters, had U\\+[0-9A-F]{4} at 1");
    }
  }

  @Test
  void an_error_shows_forty_characters_of_a_text() {
    assertThat(Text.excerpt(MOUSE.repeat(40))).isEqualTo(MOUSE.repeat(40));
    assertThat(Text.excerpt(MOUSE.repeat(41))).isEqualTo(MOUSE.repeat(40) + "…");
  }

  private interface ThrowingText {
    String check(String text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r\nb", "a\tb", "a\u2028b", "a\u2029b"})
  void a_break_is_allowed_where_a_text_may_have_many_lines(String text) {
    assertThat(Text.lines("x", text, 1, 9)).isEqualTo(text);
    assertThatThrownBy(() -> Text.line("x", text, 1, 9)).hasMessageContaining("one line");
    assertThatThrownBy(() -> Text.code("x", text, 9)).hasMessageStartingWith("x must have no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u200bb",
        "a\u200db",
        "a\u202eb",
        "a\u2066b",
        "a\u00adb",
        "a\ufeffb",
        "a\ue000b",
        "a\udb80\udc00b",
        "a\udb40\udc41b",
        "a\u034fb",
        "a\u115fb",
        "a\u3164b",
        "a\u2800b",
        "a\ufe0fb",
        "a\ufdd0b",
        "a\uffffb",
        "a\udb40\udd00b"
      })
  void nothing_invisible_or_private_is_part_of_a_code(String text) {
    assertThatThrownBy(() -> Text.code("x", text, 9))
        .hasMessageMatching(
            "x must have no control, format, private-use or invisible characters,"
                + " had U\\+[0-9A-F]{4,6} at 1");
    assertThat(Text.line("x", text, 1, 9)).isEqualTo(text);
  }

  @Test
  void the_place_of_a_character_is_counted_in_characters() {
    assertThatThrownBy(() -> Text.line("x", MOUSE + MOUSE + "\u0007x", 1, 9))
        .hasMessageEndingWith("had U+0007 at 2");
  }

  @Test
  void codes_that_look_alike_have_one_key_and_case_keeps_them_apart() {
    assertThat(Text.key("\uff21\uff11\u2460\ufb01")).isEqualTo("A11fi");
    assertThat(Text.key("85123a")).isNotEqualTo(Text.key("85123A"));
  }
}
