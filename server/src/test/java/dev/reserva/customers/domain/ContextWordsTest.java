package dev.reserva.customers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextWordsTest {

  private static boolean isBuiltOn(ContextWords words, String password) {
    return words.areBasisOf(new Password(password));
  }

  @ParameterizedTest
  @CsvSource({
    "ana.lima, analima1",
    "ana.lima, ANA-LIMA-2024",
    "ana.lima, 4n4 l1m4 2024",
    "ana.lima, lima1234",
    "ana.lima, 1234lima",
    "jose, José-2024",
    "jose, jose-JOSE-jose-1",
    "joana.souza@gmail.com, joanasouza",
    "joana.souza@gmail.com, $0uz4-2024",
    "joana.souza@gmail.com, gmail2024",
    "joana2019@example.org, joana2024",
    "joana@mail.casa-azul.com.br, CasaAzul1",
  })
  void a_password_that_is_little_more_than_a_login_is_built_on_it(String login, String password) {
    assertThat(isBuiltOn(ContextWords.ofLogin(login), password)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ana.lima, lima has eight more",
    "ana.lima, four unrelated words",
    "ana.lima, ana12345",
    "bob, bob12345",
    "bob@x.io, bob@x.io",
    "joana@shop.info, inform us",
    "joana@gmail.com, computer-1",
  })
  void other_passwords_are_not(String login, String password) {
    assertThat(isBuiltOn(ContextWords.ofLogin(login), password)).isFalse();
  }

  @Test
  void eight_characters_besides_the_words_are_enough_and_seven_are_not() {
    ContextWords shop = ContextWords.of(List.of("reserva"));

    assertThat(isBuiltOn(shop, "reserva1234567")).isTrue();
    assertThat(isBuiltOn(shop, "reserva12345678")).isFalse();
    assertThat(isBuiltOn(shop, "123reservareserva4567")).isTrue();
    assertThat(isBuiltOn(shop, "?? R.e.s.e.r.v.a ???")).as("separators within it").isTrue();
    assertThat(isBuiltOn(shop, "??? R.e.s.e.r.v.a ???")).isFalse();
  }

  @Test
  void words_of_several_names_count_together() {
    ContextWords words =
        ContextWords.of(List.of("Casa Azul", "tea")).and(ContextWords.ofLogin("ana.lima"));

    assertThat(isBuiltOn(words, "lima-casaazul-12")).isTrue();
    assertThat(isBuiltOn(words, "azul12345")).isTrue();
    assertThat(isBuiltOn(words, "tea-and-cake")).isFalse();
    assertThat(isBuiltOn(ContextWords.of(List.of()), "anything at all")).isFalse();
  }

  @Test
  void characters_outside_the_basic_plane_count_once() {
    ContextWords words = ContextWords.of(List.of("𐐨𐐩𐐪𐐫"));

    assertThat(isBuiltOn(words, "𐐀𐐁𐐂𐐃😀😀😀😀😀😀😀")).as("in capitals").isTrue();
    assertThat(isBuiltOn(words, "𐐀𐐁𐐂𐐃😀😀😀😀😀😀😀😀")).isFalse();
  }
}
