package dev.reserva.customers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.customers.domain.Session.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final UUID ID = UUID.fromString("01a203bc-2b1b-761e-9def-206ee8ca6d77");
  private static final UUID ACCOUNT = UUID.randomUUID();

  private final Random random = new Random(1);
  private final RefreshToken first = token();
  private final RefreshToken second = token();
  private final RefreshToken third = token();
  private final Session session = Session.start(first, ACCOUNT, NOON, LIFETIME);

  private RefreshToken token() {
    return RefreshToken.random(ID, random);
  }

  private static Session continued(Use use) {
    assertThat(use).isInstanceOf(Use.Continued.class);
    return ((Use.Continued) use).session();
  }

  @Test
  void each_token_is_replaced_by_the_next() {
    Session once = continued(session.use(first, second, NOON.plusSeconds(600)));
    Session twice = continued(once.use(second, third, NOON.plusSeconds(1_200)));

    assertThat(twice.secretHash()).isEqualTo(third.hash());
    assertThat(twice.previousHash()).isEqualTo(second.hash());
    assertThat(twice.refreshedAt()).isEqualTo(NOON.plusSeconds(1_200));
    assertThat(twice.id()).isEqualTo(ID);
    assertThat(twice.account()).isEqualTo(ACCOUNT);
  }

  @Test
  void a_token_may_be_used_again_until_the_grace_ends_and_the_lost_one_is_void() {
    Session once = continued(session.use(first, second, NOON));

    Session again = continued(once.use(first, third, NOON.plus(Session.GRACE).minusMillis(1)));

    assertThat(again.secretHash()).isEqualTo(third.hash());
    assertThat(again.use(second, token(), NOON.plus(Session.GRACE))).isEqualTo(new Use.Reused());
    assertThat(again.use(first, token(), NOON.plus(Session.GRACE)))
        .as("the grace is not extended")
        .isEqualTo(new Use.Reused());
    continued(again.use(third, token(), NOON.plus(Session.GRACE)));
  }

  @Test
  void a_token_before_the_previous_one_is_reused_whenever_it_comes() {
    Session twice = continued(continued(session.use(first, second, NOON)).use(second, third, NOON));

    assertThat(twice.use(first, token(), NOON)).isEqualTo(new Use.Reused());
  }

  @Test
  void a_secret_that_was_never_issued_is_taken_for_a_stolen_one() {
    assertThat(session.use(token(), second, NOON)).isEqualTo(new Use.Reused());
  }

  @Test
  void a_session_ends_at_its_time_however_often_it_is_refreshed() {
    Instant end = NOON.plus(LIFETIME);
    Session once = continued(session.use(first, second, end.minusMillis(1)));

    assertThat(once.use(second, third, end)).isEqualTo(new Use.Expired());
    assertThat(session.use(first, second, end)).isEqualTo(new Use.Expired());
  }

  @Test
  void a_token_is_read_as_it_was_written() {
    assertThat(first.text()).startsWith("rsr_01a203bc2b1b761e9def206ee8ca6d77_").hasSize(80);
    assertThat(RefreshToken.parse(first.text())).isEqualTo(first);
    assertThat(first.hash()).matches("[0-9a-f]{64}").isNotEqualTo(second.hash());
    assertThat(first).hasToString("RefreshToken[%s]".formatted(ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rsr_01a203bc2b1b761e9def206ee8ca6d77",
        "rsr_01A203BC2B1B761E9DEF206EE8CA6D77_0hV2wXb1kqJ8Zr5nTtYcDfGm3LsPaQeUiOx7B9vNyRg",
        "rsr_01a203bc2b1b761e9def206ee8ca6d77_0hV2wXb1kqJ8Zr5nTtYcDfGm3LsPaQeUiOx7B9vNyR=",
        "rsr_01a203bc2b1b761e9def206ee8ca6d77_0hV2wXb1kqJ8Zr5nTtYcDfGm3LsPaQeUiOx7B9vNyRgg"
      })
  void a_text_of_another_form_is_no_token(String text) {
    assertThatThrownBy(() -> RefreshToken.parse(text))
        .hasMessage(
            "refreshToken must be one that POST /api/auth/token or POST /api/auth/refresh answered");
  }

  @Test
  void a_secret_of_another_form_is_refused() {
    assertThatThrownBy(() -> new RefreshToken(ID, "short"))
        .hasMessage("secret must have 43 characters of Base64url");
  }
}
