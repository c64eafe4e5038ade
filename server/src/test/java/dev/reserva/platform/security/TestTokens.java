package dev.reserva.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tokens of users who have not logged in. */
public final class TestTokens {

  private TestTokens() {}

  /** A token as of a user with an account and a session of its own. */
  public static String issue(Tokens tokens, Caller caller) {
    return tokens.issue(caller, login(), Instant.now());
  }

  static Login login() {
    return new Login(UUID.randomUUID(), 1, UUID.randomUUID());
  }

  /** Tokens that are signed with a key pair of their own. */
  public static Tokens tokens(Duration lifetime) {
    return new Tokens(keys(key()), lifetime);
  }

  /** Those by which processes know each other, under a secret of the tests. */
  public static ServiceTokens ofProcesses() {
    return new ServiceTokens(
        new InstallationSecret("a secret of the tests, of more than 32 bytes"),
        "test",
        Clock.systemUTC());
  }

  static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first key signs. */
  static TokenKeys keys(ECKey... keys) {
    return new TokenKeys() {
      @Override
      public ECKey signing(Instant now) {
        return keys[0];
      }

      @Override
      public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(new JWKSet(List.of(keys)));
      }
    };
  }
}
