package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class TokensTest {

  private static final String SECRET = "a secret of more than thirty-two bytes";
  private static final UUID CUSTOMER = UUID.fromString("01a203bc-2b1b-761e-9def-206ee8ca6d77");
  private static final Caller ANA = new Caller("ana", Set.of(Role.CUSTOMER), CUSTOMER);

  private final Tokens tokens = new Tokens(SECRET, Duration.ofHours(1));
  private final JwtDecoder decoder =
      KnownIssuers.of(
          tokens,
          new SecurityProperties(null, Duration.ofHours(1), null, null, null),
          Clock.systemUTC(),
          System::nanoTime);

  @Test
  void a_token_says_who_its_holder_is() {
    Jwt read = decoder.decode(tokens.issue(ANA, Instant.now()));

    assertThat(read.getSubject()).isEqualTo("ana");
    assertThat(Callers.roles(read)).containsExactly(Role.CUSTOMER);
    assertThat(read.getClaimAsString(Tokens.CUSTOMER_ID)).isEqualTo(CUSTOMER.toString());
  }

  @Test
  void a_token_of_another_secret_is_refused() {
    Tokens others = new Tokens("another secret of more than thirty-two bytes", Duration.ofHours(1));

    assertThatThrownBy(() -> decoder.decode(others.issue(ANA, Instant.now())))
        .isInstanceOf(JwtException.class);
  }

  @Test
  void a_token_whose_claims_were_changed_is_refused() {
    String[] parts = tokens.issue(ANA, Instant.now()).split("\\.", -1);
    String claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("customer\"", "admin\"");
    String forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2];

    assertThatThrownBy(() -> decoder.decode(forged)).isInstanceOf(JwtException.class);
  }

  @Test
  void a_token_without_a_signature_is_refused() {
    String[] parts = tokens.issue(ANA, Instant.now()).split("\\.", -1);
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> decoder.decode(header + "." + parts[1] + "."))
        .isInstanceOf(JwtException.class);
  }

  @Test
  void a_token_expires_after_its_lifetime() {
    String old = tokens.issue(ANA, Instant.now().minus(Duration.ofHours(2)));

    assertThatThrownBy(() -> decoder.decode(old)).isInstanceOf(JwtException.class);
  }

  @Test
  void a_text_that_is_not_a_token_is_refused() {
    assertThatThrownBy(() -> decoder.decode("x.y")).isInstanceOf(JwtException.class);
  }

  @Test
  void a_short_secret_is_refused() {
    assertThatThrownBy(() -> new Tokens("short", Duration.ofHours(1)))
        .hasMessage("reserva.security.token-secret must have at least 32 bytes, had 5");
  }
}
