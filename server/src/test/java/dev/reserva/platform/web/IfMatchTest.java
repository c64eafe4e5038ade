package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2\"",
        "\"1\",\"2\"",
        " \"1\" , \"2\" ",
        ",\"2\",",
        "W/\"1\", \"2\"",
        "*",
        " * "
      })
  void the_current_tag_matches(String header) {
    assertThatCode(() -> IfMatch.of(List.of(header)).require("\"2\"")).doesNotThrowAnyException();
  }

  @Test
  void any_version_matches_without_a_condition() {
    assertThat(IfMatch.of(List.of()).isAny()).isTrue();
    assertThatCode(() -> IfMatch.of(List.of()).require("\"2\"")).doesNotThrowAnyException();
  }

  @Test
  void several_headers_are_one_list() {
    assertThatCode(() -> IfMatch.of(List.of("\"1\"", "\"2\"")).require("\"2\""))
        .doesNotThrowAnyException();
  }

  @Test
  void a_further_tag_may_match_the_current_version() {
    assertThatCode(() -> IfMatch.of(List.of("\"2\"")).require("\"2.7\"", "\"2\""))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "W/\"2\"", "\"\"", "\"1\", W/\"2\""})
  void another_tag_is_412_with_the_current_tag(String header) {
    assertThatThrownBy(() -> IfMatch.of(List.of(header)).require("\"2\""))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(412);
              assertThat(problem.headers()).containsEntry("ETag", "\"2\"");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "nonsense", "\"2", "*, \"2\"", "\"1\" \"2\"", "w/\"2\"", ","})
  void an_ill_formed_list_of_tags_is_400(String header) {
    assertThatThrownBy(() -> IfMatch.of(List.of(header)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }
}
