package dev.reserva.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.ServiceDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;

/** The check of each request, also of tokens that are cached. */
class UnrevokedTokensIT {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final Caller ANA = new Caller("ana", Set.of(Role.OPERATOR), null);

  private final ServiceDatabase database = new ServiceDatabase("platform");
  private final RevocationTable table = new RevocationTable(database.transactions());
  private final Revocations revocations =
      new Revocations(table, Duration.ZERO, CLOCK, System::nanoTime);
  private final TokenRevoker revoker = new TokenRevoker(table, revocations, CLOCK);
  private final TokenKeys keys = TestTokens.keys(TestTokens.key());
  private final Tokens tokens = new Tokens(keys, Duration.ofMinutes(10));
  private final UnrevokedTokens decoder =
      new UnrevokedTokens(new RememberedTokens(new IssuedTokens(keys, CLOCK), CLOCK), revocations);
  private final Login login = TestTokens.login();
  private final String token = tokens.issue(ANA, login, Instant.now());

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void a_token_is_refused_once_its_account_has_a_higher_version() {
    assertThat(decoder.decode(token).login()).isEqualTo(login);
    Login next = new Login(login.account(), 2, UUID.randomUUID());
    String newer = tokens.issue(ANA, next, Instant.now());

    database.transactions().run(tx -> revoker.ofAccount(login.account(), 2, now(), tx));

    assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
    assertThat(decoder.decode(newer).login()).isEqualTo(next);
  }

  @Test
  void a_token_is_refused_once_its_session_has_ended() {
    assertThat(decoder.decode(token).login()).isEqualTo(login);
    String ofAnother =
        tokens.issue(ANA, new Login(login.account(), 1, UUID.randomUUID()), Instant.now());

    database.transactions().run(tx -> revoker.ofSession(login.session(), now(), tx));

    assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
    assertThat(decoder.decode(ofAnother)).isNotNull();
  }

  private static Instant now() {
    return Instant.now();
  }
}
