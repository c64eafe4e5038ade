package dev.reserva.platform.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * A valid token with the caller, the log-in and the authorities, so that its claims are read once.
 */
final class KnownToken extends Jwt {

  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient @Nullable Login login;
  private final transient List<GrantedAuthority> authorities;

  private KnownToken(Jwt token) {
    super(
        token.getTokenValue(),
        token.getIssuedAt(),
        token.getExpiresAt(),
        token.getHeaders(),
        token.getClaims());
    this.login = Tokens.isLocal(token) ? Tokens.login(token) : null;
    this.caller = Callers.read(token, login);
    this.authorities =
        List.copyOf(
            AuthorityUtils.createAuthorityList(
                caller.roles().stream().map(Callers::authority).toList()));
  }

  static KnownToken of(Jwt token) {
    return token instanceof KnownToken known ? known : new KnownToken(token);
  }

  Caller caller() {
    return caller;
  }

  /** Absent for a token of another issuer. */
  @Nullable Login login() {
    return login;
  }

  List<GrantedAuthority> authorities() {
    return authorities;
  }
}
