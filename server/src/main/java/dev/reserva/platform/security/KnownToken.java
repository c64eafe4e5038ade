package dev.reserva.platform.security;

import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;

/** A valid token with the caller and the authorities, so that its claims are read once. */
final class KnownToken extends Jwt {

  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient List<GrantedAuthority> authorities;

  private KnownToken(Jwt token) {
    super(
        token.getTokenValue(),
        token.getIssuedAt(),
        token.getExpiresAt(),
        token.getHeaders(),
        token.getClaims());
    this.caller = Callers.read(token);
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

  List<GrantedAuthority> authorities() {
    return authorities;
  }
}
