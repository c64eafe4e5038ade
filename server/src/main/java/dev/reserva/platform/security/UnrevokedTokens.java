package dev.reserva.platform.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Refuses tokens that were revoked, with each request. Tokens of another issuer are revoked there:
 * they are valid until they expire.
 */
final class UnrevokedTokens implements JwtDecoder {

  private final RememberedTokens tokens;
  private final Revocations revocations;

  UnrevokedTokens(RememberedTokens tokens, Revocations revocations) {
    this.tokens = tokens;
    this.revocations = revocations;
  }

  /**
   * The token cannot be checked while what has the logins does not answer: neither whether it was
   * revoked nor, if its key is not known yet, its signature.
   */
  static final class Uncheckable extends JwtException {
    private static final long serialVersionUID = 1L;

    Uncheckable(Exception cause) {
      super("the token cannot be checked while what has the logins does not answer", cause);
    }
  }

  /**
   * @throws Uncheckable if the revocations cannot be read
   */
  @Override
  public KnownToken decode(String token) {
    KnownToken known = tokens.decode(token);
    if (isRevoked(known.login())) {
      throw new BadJwtException("the token was revoked");
    }
    return known;
  }

  private boolean isRevoked(@Nullable Login login) {
    try {
      return login != null
          && revocations.isRevoked(login.account(), login.version(), login.session());
    } catch (Revocations.Unknown e) {
      throw new Uncheckable(e);
    }
  }
}
