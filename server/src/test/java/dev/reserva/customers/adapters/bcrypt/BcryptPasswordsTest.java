package dev.reserva.customers.adapters.bcrypt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.customers.adapters.zxcvbn.ZxcvbnCommonPasswords;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.domain.Password;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class BcryptPasswordsTest {

  private final BcryptPasswords passwords = new BcryptPasswords();

  @Test
  void every_character_of_a_long_password_counts() {
    for (String letter : List.of("a", "é", "Ж", "語", "🐭")) {
      String typed = letter.repeat(Password.MAX_LENGTH);
      String hash = passwords.hash(new Password(typed));
      assertThat(passwords.fits(typed, hash)).as(letter).isTrue();
      assertThat(passwords.fits(letter.repeat(Password.MAX_LENGTH - 1) + "x", hash))
          .as(letter)
          .isFalse();
      assertThat(passwords.fits(letter.repeat(Password.MAX_LENGTH + 1), hash)).as(letter).isFalse();
    }
  }

  @Test
  void the_normal_form_of_what_is_typed_does_not_matter() {
    String hash = passwords.hash(new Password("caf\u00e9 creme"));
    assertThat(passwords.fits("cafe\u0301 creme", hash)).isTrue();
    assertThat(passwords.fits("cafe creme", hash)).isFalse();
  }

  @Test
  void a_hash_of_an_earlier_version_still_matches() {
    String earlier = new BCryptPasswordEncoder(4).encode("password-1");
    assertThat(passwords.fits("password-1", earlier)).isTrue();
    assertThat(passwords.fits("password-2", earlier)).isFalse();
    assertThat(passwords.fits("password-1" + "x".repeat(100), earlier)).isFalse();
    String whole = new BCryptPasswordEncoder(4).encode("x".repeat(72));
    assertThat(passwords.fits("x".repeat(73), whole)).isFalse();
  }

  @Test
  void no_password_matches_a_missing_hash() {
    assertThat(passwords.fits("nobody's password", null)).isFalse();
    assertThat(passwords.fits("", null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "PassWord1", "12345678", "qwertyuiop", "iloveyou"})
  void a_common_password_is_refused_in_any_case(String typed) {
    PasswordRules rules = new PasswordRules(new ZxcvbnCommonPasswords());
    Assertions.assertThatThrownBy(() -> rules.parse(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("password must not be one of the most common passwords");
    assertThat(rules.parse("four unrelated words").value()).isEqualTo("four unrelated words");
  }
}
