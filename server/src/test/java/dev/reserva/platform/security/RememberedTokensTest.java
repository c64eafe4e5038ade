package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class RememberedTokensTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final List<String> decoded = new ArrayList<>();
  private Instant now = NOON;
  private Duration lifetime = Duration.ofHours(1);

  private final RememberedTokens tokens = new RememberedTokens(this::decode, clock(() -> now));

  private Jwt decode(String token) {
    decoded.add(token);
    if (token.startsWith("bad")) {
      throw new BadJwtException("not signed by us");
    }
    return new Jwt(token, NOON, NOON.plus(lifetime), Map.of("alg", "none"), Map.of("sub", token));
  }

  private static Clock clock(InstantSource source) {
    return source.withZone(ZoneOffset.UTC);
  }

  @Test
  void a_valid_token_is_decoded_once_and_never_mistaken_for_another() {
    for (int i = 0; i < 3; i++) {
      assertThat(tokens.decode("anna").getSubject()).isEqualTo("anna");
      assertThat(tokens.decode("bert").getSubject()).isEqualTo("bert");
    }
    assertThat(decoded).containsExactly("anna", "bert");
  }

  @Test
  void an_invalid_token_is_refused_each_time() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> tokens.decode("bad")).isInstanceOf(BadJwtException.class);
    }
    assertThat(decoded).containsExactly("bad", "bad");
  }

  @Test
  void a_token_is_judged_anew_after_a_minute() {
    tokens.decode("anna");
    now = NOON.plus(RememberedTokens.LONGEST).minusMillis(1);
    tokens.decode("anna");
    assertThat(decoded).hasSize(1);
    now = NOON.plus(RememberedTokens.LONGEST);
    tokens.decode("anna");
    assertThat(decoded).hasSize(2);
  }

  @Test
  void a_token_is_judged_anew_from_its_expiry_on() {
    lifetime = Duration.ofSeconds(10);
    tokens.decode("anna");
    now = NOON.plus(lifetime).minusMillis(1);
    tokens.decode("anna");
    assertThat(decoded).hasSize(1);
    now = NOON.plus(lifetime);
    tokens.decode("anna");
    assertThat(decoded).hasSize(2);
  }

  @Test
  void a_token_that_is_accepted_beyond_its_expiry_is_judged_each_time() {
    lifetime = Duration.ofSeconds(10);
    now = NOON.plusSeconds(20);
    tokens.decode("anna");
    tokens.decode("anna");
    assertThat(decoded).hasSize(2);
  }

  @Test
  void of_too_many_tokens_the_one_in_use_stays() {
    for (int i = 0; i < RememberedTokens.MOST; i++) {
      tokens.decode("t" + i);
    }
    for (int i = 0; i < RememberedTokens.MOST; i++) {
      tokens.decode("in use");
      tokens.decode("in use");
      tokens.decode("u" + i);
    }
    assertThat(decoded).containsOnlyOnce("in use");
    decoded.clear();
    tokens.decode("in use");
    for (int i = 0; i < RememberedTokens.MOST; i++) {
      tokens.decode("t" + i);
      tokens.decode("u" + i);
    }
    assertThat(decoded).hasSizeGreaterThan(RememberedTokens.MOST).doesNotContain("in use");
  }
}
