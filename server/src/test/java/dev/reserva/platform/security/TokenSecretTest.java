package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenSecretTest {

  private static final String TEXT = "a secret of more than thirty-two bytes";
  private static final byte[] KEY = {1, 2, 3};

  private final TokenSecret secret = new TokenSecret(TEXT);

  @Test
  void a_private_key_is_opened_by_the_same_secret_for_the_same_owner_alone() {
    byte[] sealed = secret.seal(KEY, "a");

    assertThat(new TokenSecret(TEXT).open(sealed, "a")).isEqualTo(KEY);
    assertThatThrownBy(() -> secret.open(sealed, "b"))
        .hasMessage("the private key b does not fit the token secret");
    assertThatThrownBy(() -> new TokenSecret(TEXT + "!").open(sealed, "a"))
        .isInstanceOf(IllegalStateException.class);
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> secret.open(sealed, "a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void no_two_texts_are_sealed_alike() {
    assertThat(secret.seal(KEY, "a")).isNotEqualTo(secret.seal(KEY, "a"));
  }

  @Test
  void a_secret_has_a_name_that_says_nothing_else() {
    assertThat(secret.name())
        .matches("[0-9a-f]{16}")
        .isEqualTo(new TokenSecret(TEXT).name())
        .isNotEqualTo(new TokenSecret(TEXT + "!").name());
  }

  @Test
  void a_short_secret_is_refused() {
    assertThatThrownBy(() -> new TokenSecret("short"))
        .hasMessage("reserva.security.token-secret must have at least 32 bytes, had 5");
  }
}
