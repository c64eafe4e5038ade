package dev.reserva.platform.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Reads the caller of the current request from its token. */
public final class Callers {

  /** Of a program: routes for users refuse it, whatever its roles are. */
  static final String API_KEY = "API_KEY";

  /** Of another process of this system: it opens the routes between processes only. */
  static final String SERVICE = "SERVICE";

  /** Of a user without a role: he may do nothing but set up a second factor. */
  static final String ENROLMENT = "ENROLMENT";

  private static final String PREFIX = "ROLE_";

  private Callers() {}

  public static Caller current() {
    return of(SecurityContextHolder.getContext().getAuthentication());
  }

  static Caller of(@Nullable Authentication authentication) {
    return authentication instanceof JwtAuthenticationToken token
        ? KnownToken.of(token.getToken()).caller()
        : Caller.ANONYMOUS;
  }

  /** The caller of a valid token, for code that no security filter protects. */
  public static Caller of(Jwt token) {
    return KnownToken.of(token).caller();
  }

  /**
   * @param login absent for a token of another issuer
   */
  static Caller read(Jwt token, @Nullable Login login) {
    if (ServiceTokens.isOne(token)) {
      return Caller.service(String.valueOf(token.getSubject()));
    }
    return new Caller(
        login == null ? Caller.Kind.FOREIGN : Caller.Kind.USER,
        name(token),
        roles(token),
        customerId(token),
        login == null ? null : login.account(),
        login == null ? null : login.session());
  }

  /** An authority that limits or extends what the roles of a caller allow. */
  static Optional<String> authority(Caller caller) {
    return switch (caller.kind()) {
      case API_KEY -> Optional.of(API_KEY);
      case SERVICE -> Optional.of(SERVICE);
      case USER -> caller.isEnrolling() ? Optional.of(ENROLMENT) : Optional.empty();
      case FOREIGN, ANONYMOUS -> Optional.empty();
    };
  }

  /** The authority that stands for a role. */
  static String authority(Role role) {
    return PREFIX + role.name();
  }

  /** The roles that a token names. Names that are not roles of this system are ignored. */
  static Set<Role> roles(Jwt token) {
    Object claim = token.getClaim(Tokens.ROLES);
    if (!(claim instanceof Iterable<?> names)) {
      return Set.of();
    }
    Set<String> wanted = new java.util.HashSet<>();
    names.forEach(name -> wanted.add(String.valueOf(name).toLowerCase(Locale.ROOT)));
    return Set.of(Role.values()).stream()
        .filter(role -> wanted.contains(role.wire()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The name of a subject of another issuer contains the issuer, so it never equals a local name.
   */
  private static String name(Jwt token) {
    String subject = String.valueOf(token.getSubject());
    return Tokens.isLocal(token) ? subject : token.getClaimAsString("iss") + "#" + subject;
  }

  private static @Nullable UUID customerId(Jwt token) {
    String claim = token.getClaimAsString(Tokens.CUSTOMER_ID);
    try {
      return claim == null ? null : UUID.fromString(claim);
    } catch (IllegalArgumentException e) {
      return null; // another issuer's identifier, not one of a customer here
    }
  }
}
