package dev.reserva.platform.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;

/**
 * A valid token with the caller, the log-in and the authorities, so that its claims are read once.
 */
final class KnownToken extends Jwt {

  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient @Nullable Login login;
  private final transient List<GrantedAuthority> authorities;

  private KnownToken(Jwt token, @Nullable Login login, Caller caller) {
    super(
        token.getTokenValue(),
        token.getIssuedAt(),
        token.getExpiresAt(),
        token.getHeaders(),
        token.getClaims());
    this.login = login;
    this.caller = caller;
    this.authorities =
        List.copyOf(
            AuthorityUtils.createAuthorityList(
                Stream.concat(
                        Callers.authority(caller).stream(),
                        caller.roles().stream().map(Callers::authority))
                    .toList()));
  }

  static KnownToken of(Jwt token) {
    if (token instanceof KnownToken known) {
      return known;
    }
    Login login = Tokens.isLocal(token) ? Tokens.login(token) : null;
    return new KnownToken(token, login, Callers.read(token, login));
  }

  /** An API key, which is no JWT, in the form in which the framework takes a token. */
  static KnownToken of(String key, Caller caller, Instant createdAt, Instant expiresAt) {
    return new KnownToken(
        new Jwt(
            key,
            createdAt,
            expiresAt,
            Map.of("typ", "api-key"),
            Map.of(JwtClaimNames.SUB, caller.name())),
        null,
        caller);
  }

  Caller caller() {
    return caller;
  }

  /** Absent for a token of another issuer and for an API key. */
  @Nullable Login login() {
    return login;
  }

  List<GrantedAuthority> authorities() {
    return authorities;
  }
}
