package dev.reserva.platform.security;

import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * Who may call a path. A path without a route is denied to everybody.
 *
 * @param pattern as Spring's path patterns, such as {@code /api/orders/{id}}
 * @param roles who may call it, apart from admin, who always may; empty with {@code open}
 * @param open whether no token is needed
 */
public record Route(HttpMethod method, String pattern, Set<Role> roles, boolean open) {

  public Route {
    roles = Set.copyOf(roles);
  }

  /** A route for admins and the given roles. */
  public static Route of(HttpMethod method, String pattern, Role... roles) {
    return new Route(method, pattern, Set.of(roles), false);
  }

  /** A route for everybody, with or without a token. */
  public static Route open(HttpMethod method, String pattern) {
    return new Route(method, pattern, Set.of(), true);
  }
}
