package dev.reserva.platform.security;

import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * Who may call a path. A path without a route is denied to everybody.
 *
 * @param pattern as Spring's path patterns, such as {@code /api/orders/{id}}
 * @param roles who may call it, apart from admin, who always may; empty with {@code open} and for
 *     services
 * @param open whether no token is needed
 * @param callers who of those with the roles
 */
public record Route(
    HttpMethod method, String pattern, Set<Role> roles, boolean open, Callers callers) {

  /** Who may call a route, of those who have its roles. */
  public enum Callers {
    ALL,
    /**
     * Users only. A program with an API key must not make logins or keys: they would stay when the
     * key is revoked.
     */
    USERS,
    /** Users, and also staff whose token allows nothing but to set up a second factor. */
    USERS_AND_ENROLLING,
    /** Other processes of this system, by {@link ServiceTokens}; nobody else, not even admin. */
    SERVICES
  }

  public Route {
    roles = Set.copyOf(roles);
  }

  public Route(HttpMethod method, String pattern, Set<Role> roles, boolean open) {
    this(method, pattern, roles, open, Callers.ALL);
  }

  /** The same route for users only, not for API keys. */
  public Route forUsers() {
    return new Route(method, pattern, roles, open, Callers.USERS);
  }

  /** The same route for users, also for those who must set up a second factor first. */
  public Route forEnrolling() {
    return new Route(method, pattern, roles, open, Callers.USERS_AND_ENROLLING);
  }

  /** A route for admins and the given roles. */
  public static Route of(HttpMethod method, String pattern, Role... roles) {
    return new Route(method, pattern, Set.of(roles), false);
  }

  /** A route for other processes of this system. */
  public static Route internal(HttpMethod method, String pattern) {
    return new Route(method, pattern, Set.of(), false, Callers.SERVICES);
  }

  /** A route for everybody, with or without a token. */
  public static Route open(HttpMethod method, String pattern) {
    return new Route(method, pattern, Set.of(), true);
  }
}
